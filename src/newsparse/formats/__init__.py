"""The output formats of the core."""

from newsparse.formats.databases import SQLITE
from newsparse.formats.jsons import JSON, JSONL
from newsparse.formats.standoffs import STANDOFF
from newsparse.formats.tables import CSV
from newsparse.formats.texts import MARKDOWN, TEXT

CORE_FORMATS = (CSV, JSON, JSONL, MARKDOWN, SQLITE, STANDOFF, TEXT)
