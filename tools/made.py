"""Texts made of stories: in the layouts of the seed's site, as people paste them, and the tests' own cases.

What the corpus holds is pages; these show the learner what pages hardly ever are. Takes the corpus' folder, gives
labelled texts as `gold` does.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import layouts
from benchmarks.corpus import article_rows, fold_of
from gold import Labelled, from_labels
from newsparse.testing.pages import Story, plain, printed_twice, story
from newsparse.weights import CHAIN_ROLES

# How many texts in the layouts of the seed's site are made, how much each counts, and from how many paragraphs on a
# story is taken.
LAID_OUT = 320
LAID_OUT_WEIGHT = 0.5
LEAST_STORY = 3
# Every so manyth of them holds stories of a few paragraphs.
SHORTENED = 2
# The tests' own cases, and those of plugins that know outlets and agencies: few, short, and right in every line.
TREE = Path(__file__).resolve().parent.parent
CASES = ("tests/cases/*.json", "plugins/newsparse-a*/tests/cases/**/*.json")
CASE_WEIGHT = 18.0
# How many texts of the test kit's invented stories are learned from, and how much each counts.
INVENTED = 210
INVENTED_WEIGHT = 1.0
# How many texts of a few typed sentences are made of the corpus' stories.
PASTED = 160
WRITERS = ("Anna Roe", "Tom Hale", "Lena Marsh", "Miguel Ferro", "Sara Lindqvist", "Omar Haddad", "JANE DOE", "Kim Soo")
STAMPS = (
    "March 3, 2021",
    "3 March 2021",
    "Published: 3 March 2021 14:07",
    "2021-03-03",
    "Wednesday, 3 March 2021",
    "03.03.2021",
)
# What stands between two pasted stories, mostly nothing.
PARTINGS = (None, None, None, "-----", "* * *", "***", "==========", "###")
# A sentence shorter than this says too little to be a paragraph.
SHORT_SENTENCE = 30
AGENCIES = ("Reuters", "AFP", "AP Photo", "EPA", "Getty Images/AFP", "dpa", "AAWSAT AR")
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+")


def made_texts(folder: Path) -> list[Labelled]:
    """All texts made of the stories of a corpus folder, of invented ones, and of the tests' cases."""
    return [*laid_out(folder), *invented(), *cases()]


def invented() -> Iterator[Labelled]:
    """Stories that the test kit invents, in its own layouts: what every parser must get right."""
    random = Random(INVENTED)
    shapes = (plain, printed_twice, layouts.standard, layouts.without_caption, layouts.padded, plain, printed_twice)
    for number in range(INVENTED):
        layout = shapes[number % len(shapes)]
        told = [story(random, random.randint(2, 8)) for _ in range(random.randint(1, 4))]
        dump = layouts.joined([list(layout(each)) for each in told], [random.randint(1, 4) for _ in told])
        yield from_labels(f"invented/{number}", "", dump.text, dump.labels, frozenset(), INVENTED_WEIGHT)
    for number in range(INVENTED):
        told = [story(random, random.randint(1, 5)) for _ in range(random.randint(1, 3))]
        yield _pasted(f"pasted/{number}", told, frozenset(), INVENTED_WEIGHT, random)


def _pasted(name: str, told: Sequence[Story], groups: frozenset[str], weight: float, random: Random) -> Labelled:
    """Stories as somebody types or pastes them: a headline, who and when or neither, a few sentences, no page."""
    writer, stamp, end = (random.random() for _ in range(3))
    gap, parting = random.choice((0, 1, 1, 1)), random.choice(PARTINGS)
    pages = []
    for number, each in enumerate(told):
        words = each.headline.split()
        short = " ".join(words[: random.randint(2, 4)]) if random.random() < 0.25 else each.headline
        rows: list[tuple[str, str]] = [(short, "headline")]
        if writer < 0.4:
            rows.append((f"{random.choice(('By', 'By', 'by', 'BY'))} {random.choice(WRITERS)}", "byline"))
        if stamp < 0.3:
            rows.append((random.choice(STAMPS), "timestamp"))
        brief = random.random() < 0.5
        for text, role in each.body[: random.randint(1, 5)]:
            first = _SENTENCE_END.split(text, maxsplit=1)[0]
            rows.append((first if brief and len(first) >= SHORT_SENTENCE else text, role))
        if end < 0.2:
            rows.append((f"(Reporting by {random.choice(WRITERS)}; Editing by {random.choice(WRITERS)})", "other"))
        if parting and number + 1 < len(told):
            rows.append((parting, "marker"))
        page = [row for row_ in rows for row in (row_, *[("", "")] * gap)]
        pages.append(page[: len(page) - gap])
    gaps = [random.randint(1, 4) if parting is None or gap else random.randint(0, 2) for _ in told]
    dump = layouts.joined(pages, gaps)
    return from_labels(name, "", dump.text, dump.labels, groups, weight)


def cases() -> Iterator[Labelled]:
    """The cases of the tests, whose every line has its right answer beside it."""
    for path in sorted(path for pattern in CASES for path in TREE.glob(pattern)):
        ledger = json.loads(path.read_text(encoding="utf-8"))["lines"]
        labels: list[tuple[int, str, int]] = []
        for number, entry in enumerate(ledger, 1):
            role, _, article = entry.partition(" ")
            if role in CHAIN_ROLES:
                labels.append((number, role, int(article) if article else -1))
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        if labels:
            yield from_labels(f"case/{path.stem}", "", text, labels, frozenset(), CASE_WEIGHT)


def laid_out(folder: Path) -> Iterator[Labelled]:
    """Stories of the main contents in the layouts of the seed's site, of one fold and language in each text."""
    stories: dict[tuple[int, str], list[tuple[str, Story]]] = {}
    for row in article_rows(folder, "residue"):
        gold = row["articles"][0]
        if gold.get("headline") and len(gold.get("body") or ()) >= LEAST_STORY:
            story = Story(
                headline=gold["headline"],
                body=tuple((" ".join(paragraph.split()), "body") for paragraph in gold["body"] if paragraph.strip()),
                captions=tuple(_captions(gold)),
                deck=tuple(line for line in gold.get("deck") or () if line.strip()),
                related=(),
            )
            stories.setdefault((fold_of(row["group"]), row["language"]), []).append((row["group"], story))
    random = Random(len(stories))
    keys = sorted(stories)
    shapes = [plain, *(layouts.LAYOUTS[name] for name in sorted(layouts.LAYOUTS))]
    for number in range(LAID_OUT):
        key = random.choices(keys, [len(stories[each]) for each in keys])[0]
        chosen = random.sample(stories[key], min(len(stories[key]), random.randint(1, 4)))
        # Reports of a few paragraphs end without a tail, which pages hardly ever do.
        pages = [
            list(shapes[number % len(shapes)](_shortened(story, random) if number % SHORTENED == 0 else story))
            for _, story in chosen
        ]
        dump = layouts.joined(pages, [random.randint(1, 3) for _ in chosen])
        groups = frozenset(group for group, _ in chosen)
        yield from_labels(f"layout/{number}", "", dump.text, dump.labels, groups, LAID_OUT_WEIGHT)
    for number in range(PASTED):
        key = random.choices(keys, [len(stories[each]) for each in keys])[0]
        chosen = random.sample(stories[key], min(len(stories[key]), random.randint(1, 3)))
        groups = frozenset(group for group, _ in chosen)
        yield _pasted(f"pasted/real/{number}", [story for _, story in chosen], groups, LAID_OUT_WEIGHT, random)


def _shortened(told: Story, random: Random) -> Story:
    """A story's first paragraphs, with or without its pictures."""
    captions = told.captions if random.random() < 0.5 else ()
    return told._replace(body=told.body[: random.randint(1, 4)], captions=captions)


def _captions(gold: Mapping[str, Any]) -> Iterator[str]:
    """Gold captions with their credits in brackets, as the seed's site prints them."""
    credits = gold.get("caption_credits") or []
    for number, caption in enumerate(gold.get("captions") or ()):
        text = " ".join((caption if isinstance(caption, str) else caption.get("text") or "").split())
        credit = credits[number] if number < len(credits) and isinstance(credits[number], str) else None
        if text:
            yield f"{text} ({credit or AGENCIES[len(text) % len(AGENCIES)]})"
