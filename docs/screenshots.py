"""The picture of the page in the built docs is of the page as it is now.

When the HTML is built, `tools/picture.py` takes it anew into the output; the one in the tree, which README.md
shows, stays. Without a browser the docs show that one.
"""

import importlib.util
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

ROOT = Path(__file__).resolve().parent.parent


def take_picture(app: Sphinx, error: Exception | None) -> None:
    """Put the new picture in the place of the one that was copied."""
    target = Path(app.outdir, "_images", "view.png")
    if error or not target.is_file():
        return
    from tests.browsers import NAMES

    if not any(map(shutil.which, NAMES)) or importlib.util.find_spec("playwright") is None:
        logging.getLogger(__name__).info("no browser: the picture of the page is that of the tree")
        return
    from tools import picture

    vars(picture)["PICTURE"] = target
    picture.main()


def setup(app: Sphinx) -> dict[str, bool]:
    """Wait for the end of the build."""
    app.connect("build-finished", take_picture)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
