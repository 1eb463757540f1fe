"""The output formats of the core."""

from newsparse.formats.jsons import JSON, JSONL
from newsparse.formats.tables import CSV
from newsparse.formats.texts import MARKDOWN, TEXT

CORE_FORMATS = (CSV, JSON, JSONL, MARKDOWN, TEXT)
