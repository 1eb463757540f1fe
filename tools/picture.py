"""Take the picture of the page that shows a parse, from the seed, for README.md and the docs.

    python tools/picture.py

Needs Chromium and the packages of requirements-dev.txt.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import newsparse
from tests.browsers import chromium

SEED = "seeds/000_ea817f18116cfa36.txt"
PICTURE = ROOT / "docs" / "_static" / "view.png"
WIDTH, HEIGHT = 1280, 760
# The line that is pointed at: the second caption of the seed, once more.
LINE = 4


def main() -> None:
    """Write the picture."""
    [dump] = newsparse.read(ROOT / SEED)
    page_of_seed = newsparse.view(dump).replace(str(ROOT) + "/", "")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        path = Path(folder, "page.html")
        path.write_text(page_of_seed, encoding="utf-8")
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(path.as_uri())
        page.locator(f"#L{LINE}").click()
        page.mouse.move(0, 0)
        page.screenshot(path=str(PICTURE))


if __name__ == "__main__":
    main()
