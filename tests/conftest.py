"""What all tests share: Hypothesis profiles, a parser of the core alone, the development corpus' folder."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

import newsparse

# On a shared machine a slow example is no fault, so there is no deadline; a CI run tries the same examples every time.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


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
