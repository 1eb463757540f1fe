"""Reads NewsML-G2, NewsML 1.2 and NITF, and writes NewsML-G2 and NITF, for newsparse."""

from newsparse import OutputFormat, Reader, hookimpl


@hookimpl
def newsparse_register_readers() -> list[Reader]:
    """The three readers."""
    from newsparse_newsml.readers import NEWSML, NEWSML_G2, NITF

    return [NEWSML_G2, NEWSML, NITF]


@hookimpl
def newsparse_register_formats() -> list[OutputFormat]:
    """The two formats."""
    from newsparse_newsml.g2_writer import NEWSML_G2
    from newsparse_newsml.nitf_writer import NITF

    return [NEWSML_G2, NITF]
