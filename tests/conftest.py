"""What all tests share: Hypothesis profiles, a parser of the core alone, the development corpus' folder."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

import newsparse

# On a shared machine a slow example is no fault, so there is no deadline. The same examples are tried every time, so
# that a failure is the change's; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="session")
def parser() -> newsparse.Parser:
    return newsparse.Parser(plugins=[])


@pytest.fixture(scope="session")
def data_folder() -> Path:
    from benchmarks import corpus

    folder = corpus.data_folder()
    if folder is None:
        pytest.skip(corpus.NO_DATA)
    return folder
