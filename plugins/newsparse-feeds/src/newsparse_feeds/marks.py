"""The namespaces and names that the writers and the reader of feeds share."""

MEDIA = "http://search.yahoo.com/mrss/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
ATOM = "http://www.w3.org/2005/Atom"
OWN = "urn:newsparse:1"
"""What newsparse says of an article that feeds have no element for: dates as precise as the text, the byline, the
origin, the parts of a credit. Other readers pass it over."""

OWN_URN = "urn:newsparse:"
"""How identifiers begin that newsparse makes of an article's id."""
UNDATED = "1970-01-01T00:00:00Z"
"""What Atom, which has every entry dated, gets for an article without a date."""
FLAGS_APART = " "
"""What parts several flags in one attribute."""
