"""Reads HTML, WARC and WET for newsparse."""

from newsparse import Reader, hookimpl


@hookimpl
def newsparse_register_readers() -> list[Reader]:
    """The three readers."""
    from newsparse_web.readers import HTML, WARC, WET

    return [HTML, WARC, WET]
