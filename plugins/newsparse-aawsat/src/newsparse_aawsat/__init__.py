"""Asharq Al-Awsat, English and Arabic: the form in which its pages leave their text, of today, of 2017, of its archive.

Most of it is data, in ``aawsat.toml``. What depends on where a line stands is in `newsparse_aawsat.places`.
"""

from collections.abc import Iterable
from importlib import resources

import attrs

from newsparse import SourceProfile, hookimpl, load_profile

__version__ = "0.1.0"


@hookimpl
def newsparse_register_sources() -> Iterable[SourceProfile]:
    """The one profile."""
    from newsparse_aawsat.places import labels_by_place, without_place_as_photographer

    profile = load_profile(resources.files(__name__).joinpath("aawsat.toml"))
    return [attrs.evolve(profile, annotate=labels_by_place, mend=without_place_as_photographer)]
