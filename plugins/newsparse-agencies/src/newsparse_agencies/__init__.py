"""What news agencies leave in the text of their reports: a source profile each, and the datelines of their own form.

The profiles are the TOML files in ``profiles/``. A text is an agency's when two things say so, as its dateline and its
sign-off, or one that nobody else writes; the mere mention of an agency, or its credit on a picture, changes nothing.
"""

from collections.abc import Iterable
from importlib import resources

import attrs

from newsparse import Dateline, ParseContext, SourceProfile, hookimpl, load_profiles

__version__ = "0.1.0"


@hookimpl
def newsparse_register_sources() -> Iterable[SourceProfile]:
    """The profiles by file name; dpa's also sets aside the notes behind its notepad's heading."""
    from newsparse_agencies.notes import notes_of_dpa

    for profile in load_profiles(resources.files(__name__).joinpath("profiles")):
        yield attrs.evolve(profile, annotate=notes_of_dpa) if profile.name == "dpa" else profile


@hookimpl
def newsparse_parse_dateline(text: str, context: ParseContext) -> Dateline | None:
    """The dateline of an agency whose form is its own, in that agency's reports alone."""
    from newsparse_agencies.datelines import read_dateline

    return read_dateline(text, context.source)
