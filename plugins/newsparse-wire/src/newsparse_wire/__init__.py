"""Reads agency wires (IPTC 7901, ANPA 1312, ZCZC) for newsparse."""
