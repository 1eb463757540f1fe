"""Writes articles as TEI P5 and vertical text for newsparse."""
