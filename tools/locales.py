"""Writes the parsed tables of the core's locales, after a TOML file was changed.

python tools/locales.py
"""

import json
import tomllib
from pathlib import Path

import newsparse.locales as package
from newsparse.locales import PARSED, digest_of, locale_files


def parsed() -> str:
    """What the file holds: the digest, and a table a line."""
    files = locale_files()
    values = (digest_of(files), *(tomllib.loads(text.decode()) for text in files))
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


if __name__ == "__main__":
    Path(package.__file__).with_name(PARSED).write_text(parsed(), encoding="utf-8", newline="\n")
