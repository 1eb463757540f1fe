"""Reads NewsML-G2, NewsML 1.2 and NITF, and writes NewsML-G2 and NITF, for newsparse."""
