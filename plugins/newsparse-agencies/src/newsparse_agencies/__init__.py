"""Source profiles of news agencies for newsparse."""
