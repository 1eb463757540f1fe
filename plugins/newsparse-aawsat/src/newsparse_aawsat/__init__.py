"""Source profiles of Asharq Al-Awsat for newsparse."""
