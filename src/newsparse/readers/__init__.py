"""The readers of the core."""

from newsparse.readers.records import JSONL
from newsparse.readers.texts import TEXT

CORE_READERS = (JSONL, TEXT)
