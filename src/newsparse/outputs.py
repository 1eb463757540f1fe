"""Articles to a string or bytes of a format.

Takes articles or dumps, gives what a format makes of them; and the stamp that says what made it. Output that does not
fit in memory goes through `OutputFormat.open` and `write_item`.
"""

import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from newsparse import __version__
from newsparse.dump import Dump
from newsparse.errors import OptionError
from newsparse.extensions import DumpWriter, WriteContext, Writer
from newsparse.models import Article, Issue
from newsparse.options import checked_options
from newsparse.plugins import PluginSet, load_plugins

# Enough hexadecimal digits to tell apart the settings that one project tries.
_HASH_DIGITS = 16


def render(
    articles: Article | Dump | Iterable[Article | Dump],
    format: str,
    options: Mapping[str, object] | None = None,
    plugins: PluginSet | None = None,
) -> str | bytes:
    r"""An article, a dump or several of them in an output format.

    Args:
        articles: What to render. A format with a place for them gets the lines and issues of dumps, too.
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
    plugins = plugins or load_plugins()
    chosen = plugins.format(format)
    given = (articles,) if isinstance(articles, Article | Dump) else articles
    issues: list[Issue] = []
    stream = io.BytesIO()
    items = _checked(given)
    first = next(items, None)
    stamp = stamp_of(plugins, first if isinstance(first, Dump) else None)
    writer = chosen.open(stream, WriteContext(checked_options(chosen, options or {}), stamp, issues))
    count = 0
    for item in () if first is None else chain((first,), items):
        if isinstance(item, Dump):
            issues += item.issues
        count += len(item.articles) if isinstance(item, Dump) else 1
        if count > 1 and chosen.holds == "one":
            raise OptionError(f"{chosen.name} holds one article a file, and there are several: write to a folder")
        write_item(writer, item)
    writer.close()
    return stream.getvalue() if chosen.binary else stream.getvalue().decode()


def write_item(writer: Writer, item: Article | Dump) -> None:
    """Write an article, or a dump: whole where the writer has a place for its lines, else its articles."""
    if isinstance(item, Article):
        writer.write(item)
    elif isinstance(writer, DumpWriter):
        writer.write_dump(item)
    else:
        for article in item.articles:
            writer.write(article)


def stamp_of(
    plugins: PluginSet, dump: Dump | None = None, settings: Mapping[str, object] | None = None
) -> dict[str, Any]:
    """What made an output: the version, the plugins, the profile, a hash of the settings.

    Args:
        plugins: The plugins that were loaded, and the parser's settings.
        dump: What the profile is read from where the settings name none.
        settings: What else changes the articles: the reader, its options, the encoding.

    Returns:
        JSON values: ``version``; ``plugins``, each one's version by its name; ``profile``, a name or `None`;
        ``settings``, the same for equal settings, in whatever order they were said.

    Example:
        >>> stamp_of(load_plugins([]))["plugins"]
        {}
    """
    config = plugins.config
    said = {"source": config.source, "languages": config.languages, **(settings or {})}
    # What was not said is left out, so that a setting of a later version changes no hash of today.
    canonical = json.dumps({name: said[name] for name in sorted(said) if said[name]}, sort_keys=True)
    return {
        "version": __version__,
        "plugins": {plugin.name: plugin.version for plugin in plugins.plugins[1:]},
        "profile": config.source or (dump and dump.source),
        "settings": hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS],
    }


def _checked(given: Iterable[Article | Dump]) -> Iterator[Article | Dump]:
    for item in given:
        if not isinstance(item, Article | Dump):
            raise OptionError(f"an article or a dump can be rendered, not a {type(item).__name__}")
        yield item
