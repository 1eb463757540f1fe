"""The readers of the core."""
