"""Reads RSS and Atom, and writes both, for newsparse."""
