"""The list of the core's readers: importing it imports them all, which a parse of a string can do without."""

from newsparse.readers.jsons import JSON
from newsparse.readers.mails import EMAIL, MBOX
from newsparse.readers.records import JSONL
from newsparse.readers.tables import CSV
from newsparse.readers.texts import TEXT

CORE_READERS = (CSV, EMAIL, JSON, JSONL, MBOX, TEXT)
