"""Reads exports of LexisNexis, Factiva, ProQuest and Europresse for newsparse."""
