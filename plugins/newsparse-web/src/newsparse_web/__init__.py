"""Reads HTML, WARC and WET for newsparse."""
