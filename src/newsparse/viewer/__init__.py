"""A dump as a page that explains it: the text beside its articles, and for every line why it went where it went.

Takes a `Dump`, gives one HTML file that needs nothing else and asks no network. The page is `page.html` with
`page.css`, `page.js` and the data put in; its policy allows these two by their hashes, so that no text of a stranger
can ever run, and the script writes text as text.
"""

import base64
import hashlib
import html
import re
from importlib import resources

from newsparse.dump import Dump
from newsparse.viewer.looks import stylesheet
from newsparse.viewer.packing import as_json, name_of, packed

# A notebook is stored with every page that it shows: beyond this many lines it holds a hint instead.
NOTEBOOK_LINES = 2_000
NOTEBOOK_HEIGHT = 640

_SLOT_RE = re.compile(r"\{\{(\w+)\}\}")


def view(dump: Dump) -> str:
    """One self-contained HTML page that shows a dump, its articles and why every line is what it is.

    The page loads nothing and sends nothing. Written to a file, its encoding must be UTF-8.

    Example:
        >>> import newsparse
        >>> page = view(newsparse.parse("Rain Ends\\n\\nIt rained <b>hard</b> for two days, the mayor said.\\n"))
        >>> page.startswith("<!doctype html>"), "<b>hard" in page
        (True, False)
    """
    style = _asset("page.css").replace("/* roles */", stylesheet())
    script = _asset("page.js")
    slots = {
        "policy": _policy(style, script),
        "title": html.escape(name_of(dump).encode("utf-8", "replace").decode()),
        "style": style,
        "data": as_json(packed(dump)),
        "script": script,
    }
    # One pass: what looks like a slot in the text of a dump is left alone.
    return _SLOT_RE.sub(lambda match: slots[match[1]], _asset("page.html"))


def notebook_view(dump: Dump) -> str:
    """The page in a sandboxed frame, for a notebook; a hint for a dump of more than `NOTEBOOK_LINES` lines."""
    if len(dump.lines) > NOTEBOOK_LINES:
        return (
            f"<p>A dump of {len(dump.lines):,} lines and {len(dump.articles):,} articles, too long to be stored in a "
            "notebook. Write its page to a file: <code>newsparse.view(dump)</code>.</p>"
        )
    return (
        f'<iframe title="newsparse: a dump and its articles" sandbox="allow-scripts" height="{NOTEBOOK_HEIGHT}" '
        f'style="width: 100%; border: 0" srcdoc="{html.escape(view(dump))}"></iframe>'
    )


def _asset(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """What the page may do: run this script, use this style, show the icon that it carries; nothing else."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
