"""The texts that speed is measured on: the seed itself, invented dumps in its shape, and cuts of real pages.

`wire_texts` are made of invented stories, so they can be made anywhere and are the same everywhere.
`rendered_texts` need the corpus.
"""

from pathlib import Path
from random import Random

from benchmarks.corpus import article_rows
from benchmarks.layouts import BLANK, Row, joined, standard
from benchmarks.stories import story

SEEDS = Path(__file__).parent.parent / "seeds"
SHARE_WORDS = ("Share", "Print", "Copy link", "WhatsApp", "Email", "Facebook")

# Pages are cut at line ends once a cut has so many bytes: about 4 KB, as the seed.
CUT_BYTES = 3_500
RENDERED_TEXTS = 1_000


def seed_text() -> str:
    """The seed."""
    return next(SEEDS.glob("000_*.txt")).read_bytes().decode("utf-8")


def wire_text(random: Random) -> str:
    """One to four invented stories in the seed's layout, parted by one to three blank lines, some with share words."""
    pages: list[list[Row]] = []
    for _ in range(random.choice((1, 2, 2, 3, 3, 4))):
        page = standard(story(random, paragraphs=random.randint(3, 8)))
        if random.random() < 0.5:
            page += [BLANK, *((word, "marker") for word in random.sample(SHARE_WORDS, random.randint(1, 3)))]
        pages.append(page)
    return joined(pages, [random.randint(1, 3) for _ in pages]).text


def wire_texts(count: int = 2_000) -> list[str]:
    """Invented dumps in the seed's shape, always the same ones."""
    random = Random(2_000)
    return [wire_text(random) for _ in range(count)]


def rendered_texts(corpus: Path, count: int = RENDERED_TEXTS) -> list[str]:
    """Cuts of whole news pages, menus and all, in many languages; no cut shares a line's place with another."""
    cuts: dict[str, None] = {}
    for row in article_rows(corpus, "page"):
        cut: list[str] = []
        size = 0
        for line in row["text"].splitlines(keepends=True):
            cut.append(line)
            size += len(line.encode("utf-8", "surrogatepass"))
            if size >= CUT_BYTES:
                cuts["".join(cut)] = None
                cut, size = [], 0
        cuts["".join(cut)] = None
    # A page's last cut may be a stub of a few lines: the longest ones are kept, in their order.
    kept = set(sorted(cuts, key=len, reverse=True)[:count])
    return [cut for cut in cuts if cut in kept]
