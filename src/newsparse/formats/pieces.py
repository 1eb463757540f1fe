"""An article taken apart in the order in which it is read.

Takes an article, gives blocks: what formats for reading, tables of paragraphs and stand-off spans have in common.
"""

from collections.abc import Iterator

from newsparse.models import Article, Block, Caption, Role

_RUNNING = frozenset({Role.BODY, Role.SUBHEAD})


def running_text(article: Article) -> list[Block]:
    """Paragraphs and subheads in reading order, with their spans: the blocks of `Article.text`.

    Example:
        >>> [block.text for block in running_text(Article(headline="Rain", body=("It rained.",)))]
        ['It rained.']
    """
    running = [block for block in article.blocks if block.role in _RUNNING]
    return running or [Block(Role.BODY, paragraph) for paragraph in article.body]


def pieces(article: Article) -> Iterator[Block]:
    """All that an article says, each thing once: what stands above the text, the running text, then the captions."""
    if article.section:
        yield Block(Role.SECTION, article.section)
    if article.headline:
        yield Block(Role.HEADLINE, article.headline)
    for line in article.deck:
        yield Block(Role.DECK, line)
    if byline := article.byline or ", ".join(article.authors):
        yield Block(Role.BYLINE, byline)
    if article.published:
        yield Block(Role.TIMESTAMP, article.published.iso)
    running = running_text(article)
    dateline = article.dateline.raw if article.dateline else None
    if dateline and not any(block.text.startswith(dateline) for block in running):
        yield Block(Role.DATELINE, dateline)
    yield from running
    for caption in article.captions:
        if text := _caption(caption):
            yield Block(Role.CAPTION, text, caption.span)


def _caption(caption: Caption) -> str:
    if caption.raw:
        return caption.raw
    credit = f"({caption.credit.raw})" if caption.credit and caption.credit.raw else ""
    return " ".join(filter(None, (caption.text, credit)))
