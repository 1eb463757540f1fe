"""The short way: functions that make a `Parser` and use it once."""

from collections.abc import Iterable, Iterator
from os import PathLike
from typing import Any, BinaryIO

from newsparse.dump import Dump
from newsparse.models import Article
from newsparse.parser import Parser


def parse(text: str, *, articles: int | None = None, **settings: Any) -> Dump:
    """The dump that a text is: ``Parser(**settings).parse(text)``.

    A parser with the same settings is kept for the next call, as far as its settings can be compared.

    Args:
        text: Any string.
        articles: How many articles the text holds, where that is known.
        settings: What `Parser` takes.

    Raises:
        TypeError: `text` is no string, or a setting is unknown.

    Example:
        >>> dump = parse("Rain Ends in Valley\\n\\nThe rain ended on Monday, the mayor of the valley said.\\n")
        >>> dump.articles[0].headline
        'Rain Ends in Valley'
    """
    return _parser(settings).parse(text, articles=articles)


def read(*paths: str | PathLike[str] | BinaryIO, **settings: Any) -> Iterator[Dump]:
    """The dumps of files, one at a time: ``Parser(**settings).iter_dumps(paths)``.

    An input that cannot be read gives a dump without articles and with an issue.
    """
    return _parser(settings).iter_dumps(paths)


def render(article_or_dump: Article | Dump | Iterable[Article], format: str, **options: Any) -> str | bytes:
    """An article, a dump or several articles, written in a format by name; bytes for a binary format.

    Raises:
        UnknownFormatError: There is no such format.
        OptionError: The format takes no such option, or holds one article and was given several.

    Example:
        >>> render(Article(headline="Rain Ends", body=("It rained.",)), "text")
        'Rain Ends\\n\\nIt rained.\\n'
    """
    return _parser({}).render(article_or_dump, format, **options)


_kept: dict[tuple[tuple[str, Any], ...], Parser] = {}


def _parser(settings: dict[str, Any]) -> Parser:
    """A parser with these settings. Making one costs a hundred times what a parse does, so plain ones are kept."""
    try:
        key = tuple(sorted(settings.items()))
        hash(key)
    except TypeError:
        return Parser(**settings)
    if key not in _kept:
        _kept[key] = Parser(**settings)
    return _kept[key]
