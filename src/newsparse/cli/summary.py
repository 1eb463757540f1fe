"""The summary for a person: of each dump its articles in short, and what was set aside."""

from collections import Counter
from typing import Self, TextIO

from newsparse.cli.terminal import BOLD, DIM, coloured, many, printable, width_of
from newsparse.dump import Dump
from newsparse.models import Article, Caption, Role

# The roles whose lines no field of an article holds. A blank line holds nothing, a `field` line's value is in a field.
SET_ASIDE = (Role.HEADLINE_REPEAT, Role.CAPTION_REPEAT, Role.MARKER, Role.RELATED, Role.FURNITURE, Role.OTHER)
INDENT = "  "


class Summary:
    """Shows dumps on a text stream, one after another."""

    def __init__(self, stream: TextIO):
        self._stream = stream
        self._width = width_of(stream)

    def write(self, dump: Dump) -> None:
        """Show a dump: where it came from, what it held, and its articles."""
        aside = Counter(line.role for line in dump.lines if line.role in SET_ASIDE)
        roles = ", ".join(f"{number} {role}" for role, number in sorted(aside.items()))
        origin = dump.origin
        name = " ".join(
            str(part) for part in (origin and (origin.path, origin.member, origin.record)) or () if part is not None
        )
        head = f"{name or 'stdin'}: {many(len(dump.articles), 'article')}, {many(aside.total(), 'line')} set aside"
        head += f" ({roles})" if roles else ""
        # This line is never cut: it says what became of the text.
        self._stream.write(coloured(printable(head), BOLD, self._stream) + "\n")
        for article in dump.articles:
            self._stream.write("\n")
            self._article(article)
        self._stream.write("\n")

    def _article(self, article: Article) -> None:
        self._say(article.headline or "(no headline)", 1, BOLD)
        dateline = article.dateline
        facts = (
            article.section,
            article.byline or ", ".join(article.authors),
            (article.published and article.published.iso) or (article.updated and article.updated.iso),
            dateline and (dateline.place or dateline.raw),
            article.language,
        )
        self._say(" · ".join(fact for fact in facts if fact), 2, DIM)
        for line in article.deck:
            self._say(line, 2)
        for caption in article.captions:
            self._caption(caption)
        if article.body:
            self._say(article.body[0], 2)
        self._say(many(len(article.body), "paragraph"), 2, DIM)

    def _caption(self, caption: Caption) -> None:
        credit = caption.credit
        facts = (credit and credit.raw, caption.place, caption.date and caption.date.iso, *caption.flags)
        self._say(f"Caption: {caption.text or caption.raw or ''}", 2)
        self._say(" · ".join(fact for fact in facts if fact), 3, DIM)

    def _say(self, text: str, depth: int = 0, code: str | None = None) -> None:
        """One line, unless there is nothing to say."""
        if text:
            clean = printable(text, self._width - len(INDENT) * depth)
            self._stream.write(INDENT * depth + (coloured(clean, code, self._stream) if code else clean) + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.flush()
