"""How sure figures of accuracy are, and which texts are read worst.

Takes gold and predictions as the corpus' scorer does and the scorer itself as a module; all counting is the scorer's.
"""

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random
from statistics import mean, stdev
from types import ModuleType
from typing import Any

from newsparse.locales import core_locales

# Texts drawn anew, with putting back, tell how far a figure moves from one set of texts to another.
DRAWS = 200
WORST = 20

Row = dict[str, Any]


def scorer(folder: Path) -> ModuleType:
    """The corpus' scorer of articles."""
    spec = spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(folder: Path, gold: Path, predictions: Path) -> None:
    """Print the standard error of each figure, how often the language is right, and the worst texts by their id."""
    score = scorer(folder)
    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        rows: list[Row] = [json.loads(line) for line in lines]
    said = {row["id"]: row for row in map(json.loads, predictions.read_text(encoding="utf-8").splitlines())}
    tallies = []
    for row in rows:
        tally = score.Tally()
        tally.add(row, said[row["id"]])
        tallies.append(tally)
    whole = figures(tallies)
    random = Random(DRAWS)
    drawn = [figures(random.choices(tallies, k=len(tallies))) for _ in range(DRAWS)]
    errors = {name: stdev(draw[name] for draw in drawn if name in draw) for name in whole}
    print(f"{predictions.stem}: " + ", ".join(f"{name} {whole[name]:.3f} ± {errors[name]:.3f}" for name in whole))
    right, asked = _languages(rows, said)
    print(f"language right in {right} of {asked} texts ({right / asked:.3f})")
    worst = sorted(zip(map(_body, tallies), (row["id"] for row in rows), strict=True))[:WORST]
    print("read worst: " + ", ".join(f"{name} {body:.2f}" for body, name in worst) + "\n", flush=True)


def figures(tallies: Sequence[Any]) -> Mapping[str, float]:
    """The figures that texts come to together, as the scorer's own rows have them."""
    found = {}
    for name, parts in (("headline", "head"), ("authors", "af"), ("date", "date"), ("count", "count")):
        values = [value for tally in tallies for value in getattr(tally, parts)]
        if values:
            found[name] = mean(map(float, values))
    precision, recall = (
        mean(value for tally in tallies for value in getattr(tally, part) if value is not None) for part in ("bp", "br")
    )
    found["body F1"] = _f1(precision, recall)
    for name, part in (("captions F1", "cap"), ("segmentation F1", "seg")):
        hits, false, missed = (sum(getattr(tally, part)[place] for tally in tallies) for place in range(3))
        if hits + missed:
            found[name] = 2 * hits / (2 * hits + false + missed)
    return found


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _body(tally: Any) -> float:
    return _f1(*(mean([value for value in values if value is not None] or [0.0]) for values in (tally.bp, tally.br)))


def _languages(rows: Iterable[Row], said: Mapping[str, Row]) -> tuple[int, int]:
    """In how many texts the first article has the right language, and of how many.

    A language that newsparse has no words of should be none. Norwegian is written in two ways, and gold says which only
    at times.
    """
    known = {**{locale.name: locale.name for locale in core_locales()}, "no": "no", "nb": "no", "nn": "no"}
    right = asked = 0
    for row in rows:
        articles = said[row["id"]]["articles"]
        if row.get("language") and articles:
            asked += 1
            right += known.get(articles[0].get("language")) == known.get(row["language"])
    return right, asked


def peers(folder: Path) -> str:
    """What others reach on the same texts, as the corpus' own page says."""
    page = (folder / "README.md").read_text(encoding="utf-8") if (folder / "README.md").is_file() else ""
    _, _, rest = page.partition("The same on **dev**")
    return "\n".join(line for line in rest.split("\n\n")[1].splitlines()) if rest else ""
