"""Articles to a string or bytes of a format.

Takes articles or dumps, gives what a format makes of them. `open_writer` is the way for output that does not fit in
memory.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from newsparse import __version__
from newsparse.dump import Dump
from newsparse.errors import OptionError
from newsparse.extensions import OutputFormat, WriteContext, Writer
from newsparse.models import Article, Issue
from newsparse.options import checked_options
from newsparse.plugins import PluginSet, load_plugins


def render(
    articles: Article | Dump | Iterable[Article | Dump],
    format: str,
    options: Mapping[str, object] | None = None,
    plugins: PluginSet | None = None,
) -> str | bytes:
    r"""An article, a dump or several of them in an output format.

    Args:
        articles: What to render. Issues of dumps are given to the format.
        format: The format's name.
        options: The format's own options.
        plugins: Where formats are looked up; ``None``: what is installed.

    Returns:
        Text, or `bytes` for a binary format.

    Raises:
        UnknownFormatError: No format has this name.
        OptionError: The format has no such option, or holds one article and several were given.

    Example:
        >>> render(Article(headline="Rain", body=("It rained.",)), "text")
        'Rain\n\nIt rained.\n'
    """
    chosen = (plugins or load_plugins()).format(format)
    given = (articles,) if isinstance(articles, Article | Dump) else articles
    issues: list[Issue] = []
    stream = io.BytesIO()
    writer = open_writer(chosen, stream, options, issues)
    for count, article in enumerate(_articles(given, issues)):
        if count and chosen.holds == "one":
            raise OptionError(f"{chosen.name} holds one article a file, and there are several: write to a folder")
        writer.write(article)
    writer.close()
    return stream.getvalue() if chosen.binary else stream.getvalue().decode()


def open_writer(
    format: OutputFormat,
    stream: BinaryIO,
    options: Mapping[str, object] | None = None,
    issues: Iterable[Issue] = (),
) -> Writer:
    """A writer of a format on a stream of bytes.

    Args:
        format: The format.
        stream: Where to write. It stays open when the writer is closed.
        options: The format's own options.
        issues: What a format with a place for issues writes; a list may still grow until the writer is closed.

    Raises:
        OptionError: The format has no such option, or takes other values.
    """
    return format.open(stream, WriteContext(checked_options(format, options or {}), {"version": __version__}, issues))


def _articles(given: Iterable[Article | Dump], issues: list[Issue]) -> Iterator[Article]:
    for item in given:
        if isinstance(item, Dump):
            issues += item.issues
            yield from item.articles
        elif isinstance(item, Article):
            yield item
        else:
            raise OptionError(f"an article or a dump can be rendered, not a {type(item).__name__}")
