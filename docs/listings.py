"""Tables of the docs that are made from the code: observations, phases, languages, words, codes of issues.

An entry can be missing in none of them. A page says ```{listing} shapes``` and gets the table; where an entry has no
description, the build fails.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from newsparse.evidence import Evidence
from newsparse.locales import GENERAL, KINDS, Locale
from newsparse.plugins import load_plugins
from newsparse.rulebook import DATE_LINE, PERSON_LINE
from newsparse.rules import word_rules
from newsparse.shapes import SHAPES
from newsparse.sharing import SHARINGS
from newsparse.surroundings import CONTEXTS
from newsparse.weights import PHASES, core_weights

Row = Sequence[str]
ROOT = Path(__file__).resolve().parent.parent
# How the docstring of a code begins.
CODE_OF_ISSUE = "The code of an issue"
# How many of an observation's weights are shown each way; the table has them all.
SHOWN = 3
SIDES = ("", "before:", "behind:")


def observations() -> dict[str, tuple[str, str]]:
    """Each observation's group and meaning, by name, without those that are only a neighbour's.

    Raises:
        ExtensionError: One has no description.
    """
    core = load_plugins([])
    rules = [*word_rules(Locale()), *core.rules.values()]
    told = {
        **{name: ("shape", meaning) for name, meaning in SHAPES.items()},
        **{name: ("surroundings", meaning) for name, meaning in CONTEXTS.items()},
        **{name: ("sharing", meaning) for name, meaning in SHARINGS.items()},
        **{rule.name: ("words" if rule.pattern is None else "pattern", rule.title) for rule in rules},
        DATE_LINE: ("words", "names a month or a weekday and holds a digit, in a short line"),
        PERSON_LINE: ("words", "a given name and what a name goes on with, and nothing else"),
    }
    names = {name.removeprefix("before:").removeprefix("behind:") for name in Evidence(rules).names}
    missing = [name for name in names | set(_weighed()) if not told.get(name, ("", ""))[1]]
    if missing:
        raise ExtensionError(f"observations without a description: {', '.join(sorted(missing))}")
    return told


def _weighed() -> dict[str, dict[str, dict[str, int]]]:
    """The weights of each observation, by the side that it is seen on."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for name, cells in core_weights(load_plugins([]).rules.values()).evidence.items():
        side = next((side for side in SIDES[1:] if name.startswith(side)), "")
        found.setdefault(name.removeprefix(side), {})[side] = dict(cells)
    return found


def _observation_rows(*groups: str) -> Iterator[Row]:
    yield "observation", "the line", "speaks most for", "most against"
    weights = _weighed()
    for name, (group, meaning) in observations().items():
        if group in groups:
            cells = sorted(weights.get(name, {}).get("", {}).items(), key=lambda cell: (-cell[1], cell[0]))
            most = ", ".join(f"{column} {weight:+}" for column, weight in cells[:SHOWN] if weight > 0)
            least = ", ".join(f"{column} {weight:+}" for column, weight in cells[::-1][:SHOWN] if weight < 0)
            yield f"`{name}`", meaning, most or "–", least or "–"


def _locale_rows() -> Iterator[Row]:
    yield "tag", "language", "scripts", "dates in figures", "words"
    for locale in load_plugins([]).locales.values():
        count = sum(len(words) for words in locale.words.values())
        order = "not read" if locale.name == GENERAL or not locale.order else "-".join(locale.order)
        scripts = ", ".join(locale.scripts) or "any"
        yield f"`{locale.name}`", locale.title, scripts + ("" if locale.spaced else "; no blanks"), order, str(count)


def _kind_rows() -> Iterator[Row]:
    yield "kind", "words"
    for kind, meaning in KINDS.items():
        yield f"`{kind}`", meaning


def _phase_rows() -> Iterator[Row]:
    yield "phase", "the line is"
    for phase, meaning in PHASES.items():
        yield f"`{phase}`", meaning


def issue_codes(folder: Path) -> dict[str, str]:
    """The codes of issues in the modules of a folder, each with what its docstring says.

    A code is a constant whose docstring begins so, or stands as a string where an issue is made; that has no docstring.
    """
    codes: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        for made in ast.walk(module):
            match made:
                case ast.Call(func=ast.Name(id="Issue"), args=[ast.Constant(value=str(code)), *_]):
                    codes.setdefault(code, "")
        for node, below in zip(module.body, module.body[1:], strict=False):
            match node, below:
                case ast.Assign(value=ast.Constant(value=str(code))), ast.Expr(value=ast.Constant(value=str(doc))):
                    if doc.startswith(CODE_OF_ISSUE):
                        codes[code] = " ".join(doc.split()).removeprefix(CODE_OF_ISSUE).lstrip(": ").rstrip(".")
    return codes


def _issue_rows() -> Iterator[Row]:
    yield "plugin", "code", "what happened"
    for folder in sorted((ROOT / "plugins").glob("newsparse-*")):
        for code, meaning in sorted(issue_codes(folder / "src").items()):
            if not meaning:
                raise ExtensionError(f"the code {code} of {folder.name} needs a constant with a docstring")
            yield f"`{folder.name}`", f"`{code}`", meaning


LISTINGS: dict[str, Callable[[], Iterator[Row]]] = {
    "shapes": lambda: _observation_rows("shape"),
    "surroundings": lambda: _observation_rows("surroundings", "sharing"),
    "words": lambda: _observation_rows("words", "pattern"),
    "locales": _locale_rows,
    "kinds": _kind_rows,
    "phases": _phase_rows,
    "issues-of-plugins": _issue_rows,
}


class Listing(SphinxDirective):
    """The table of a name."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The table, as a page would have it written out."""
        head, *rows = LISTINGS[self.arguments[0]]()
        lines = [head, ["---"] * len(head), *rows]
        table = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines)
        return self.parse_text_to_nodes(table)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("listing", Listing)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
