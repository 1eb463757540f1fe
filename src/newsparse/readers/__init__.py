"""The readers of the core."""

from newsparse.readers.jsons import JSON
from newsparse.readers.mails import EMAIL, MBOX
from newsparse.readers.records import JSONL
from newsparse.readers.tables import CSV
from newsparse.readers.texts import TEXT

CORE_READERS = (CSV, EMAIL, JSON, JSONL, MBOX, TEXT)
