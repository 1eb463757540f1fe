"""Reads and writes IPTC ninjs and schema.org JSON-LD for newsparse."""
