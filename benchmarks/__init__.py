"""Benchmarks: how fast (`speed`), how right (`accuracy`), how linear (`speed --count`).

Run from the top folder, as ``python -m benchmarks.speed``. Each script's docstring is its manual.
"""
