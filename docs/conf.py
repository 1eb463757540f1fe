"""Sphinx's settings. Built with ``sphinx-build -n -W``: a broken reference fails the build. Nothing is fetched."""

import os
import sys
from importlib.metadata import version as version_of
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The extensions of these pages, and the tool that takes the picture.
sys.path[:0] = [str(ROOT / "docs"), str(ROOT)]

project = "newsparse"
author = "The newsparse developers"
copyright = "2026, The newsparse developers"
release = version_of("newsparse")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.doctest",
    "listings",
    "screenshots",
]
nitpicky = True
exclude_patterns = ["_build"]
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
# `python -m sphinx -b man docs OUT` gives OUT/newsparse.1.
man_pages = [("reference/command-line", project, "turns dumps of news text into articles", author, 1)]
html_title = f"newsparse {release}"
# The schema is a file to download and a page's content: it is served where its `$id` says.
html_extra_path = ["reference/schema-1.json"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "undoc-members": True}
autodoc_preserve_defaults = True
# A single backtick in a docstring names something of Python's or newsparse's.
default_role = "code"
# Names outside of newsparse would need their projects' inventories, and those the network.
nitpick_ignore_regex = [("py:.*", r"(?!newsparse\.).*")]

# The examples in docstrings are run by the tests, each in its own module; here run the examples of the pages.
doctest_test_doctest_blocks = ""
doctest_global_setup = f"""
import os
os.chdir({os.fspath(ROOT)!r})
import newsparse
"""
