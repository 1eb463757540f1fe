-- What `newsparse parse --to sqlite` writes. docs/reference/formats.md explains it.
-- Lists are JSON arrays; spans (start, stop) count characters of the dump's text, from 0; dates are ISO 8601.

CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    stamp TEXT NOT NULL UNIQUE -- JSON: version, plugins, profile, settings
);

CREATE TABLE dumps (
    dump INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE, -- a hash of digest, path, member, record, offset and how often they came before in one run
    run INTEGER NOT NULL REFERENCES runs,
    path TEXT,
    member TEXT,
    record, -- a number or a text
    reader TEXT,
    encoding TEXT,
    digest TEXT,
    "offset" INTEGER,
    line INTEGER,
    profile TEXT
);

CREATE TABLE articles (
    article INTEGER PRIMARY KEY,
    dump INTEGER NOT NULL REFERENCES dumps ON DELETE CASCADE,
    number INTEGER NOT NULL, -- in its dump, from 1
    id TEXT NOT NULL, -- equal for equal articles of different inputs
    headline TEXT,
    deck TEXT NOT NULL, -- JSON
    section TEXT,
    authors TEXT NOT NULL, -- JSON
    byline TEXT,
    dateline TEXT,
    dateline_place TEXT,
    dateline_date TEXT,
    dateline_agency TEXT,
    published TEXT,
    published_precision TEXT,
    published_raw TEXT,
    updated TEXT,
    updated_precision TEXT,
    updated_raw TEXT,
    language TEXT,
    source TEXT,
    text TEXT NOT NULL, -- paragraphs and subheads, a blank line between them
    extra TEXT NOT NULL, -- JSON
    UNIQUE (dump, number)
);
CREATE INDEX articles_id ON articles (id);
CREATE INDEX articles_published ON articles (published);

CREATE TABLE paragraphs (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    number INTEGER NOT NULL, -- in its article, from 1
    role TEXT NOT NULL, -- body or subhead
    text TEXT NOT NULL,
    start INTEGER,
    stop INTEGER,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;

CREATE TABLE captions (
    caption INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    number INTEGER NOT NULL, -- in its article, from 1
    text TEXT,
    raw TEXT,
    credit TEXT,
    agency TEXT,
    photographer TEXT,
    via TEXT,
    place TEXT,
    date TEXT,
    date_precision TEXT,
    date_raw TEXT,
    flags TEXT NOT NULL, -- JSON
    start INTEGER,
    stop INTEGER,
    UNIQUE (article, number)
);

-- The ledger. The lines of a dump, put end to end by number, are its text.
CREATE TABLE lines (
    dump INTEGER NOT NULL REFERENCES dumps ON DELETE CASCADE,
    number INTEGER NOT NULL, -- from 1
    role TEXT NOT NULL,
    article INTEGER REFERENCES articles ON DELETE CASCADE,
    start INTEGER,
    stop INTEGER,
    raw TEXT NOT NULL, -- with its line end
    PRIMARY KEY (dump, number)
) WITHOUT ROWID;
CREATE INDEX lines_article ON lines (article);

CREATE TABLE issues (
    issue INTEGER PRIMARY KEY,
    dump INTEGER NOT NULL REFERENCES dumps ON DELETE CASCADE,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    line INTEGER,
    plugin TEXT
);
CREATE INDEX issues_dump ON issues (dump);

-- Search: SELECT * FROM articles WHERE article IN (SELECT rowid FROM articles_search WHERE articles_search MATCH 'storm');
CREATE VIRTUAL TABLE articles_search USING fts5 (
    headline, deck, text, content=articles, content_rowid=article, tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
    INSERT INTO articles_search (rowid, headline, deck, text) VALUES (new.article, new.headline, new.deck, new.text);
END;
CREATE TRIGGER articles_dropped AFTER DELETE ON articles BEGIN
    INSERT INTO articles_search (articles_search, rowid, headline, deck, text)
    VALUES ('delete', old.article, old.headline, old.deck, old.text);
END;
CREATE TRIGGER articles_changed AFTER UPDATE ON articles BEGIN
    INSERT INTO articles_search (articles_search, rowid, headline, deck, text)
    VALUES ('delete', old.article, old.headline, old.deck, old.text);
    INSERT INTO articles_search (rowid, headline, deck, text) VALUES (new.article, new.headline, new.deck, new.text);
END;

CREATE VIRTUAL TABLE captions_search USING fts5 (
    text, credit, content=captions, content_rowid=caption, tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER captions_added AFTER INSERT ON captions BEGIN
    INSERT INTO captions_search (rowid, text, credit) VALUES (new.caption, new.text, new.credit);
END;
CREATE TRIGGER captions_dropped AFTER DELETE ON captions BEGIN
    INSERT INTO captions_search (captions_search, rowid, text, credit)
    VALUES ('delete', old.caption, old.text, old.credit);
END;
CREATE TRIGGER captions_changed AFTER UPDATE ON captions BEGIN
    INSERT INTO captions_search (captions_search, rowid, text, credit)
    VALUES ('delete', old.caption, old.text, old.credit);
    INSERT INTO captions_search (rowid, text, credit) VALUES (new.caption, new.text, new.credit);
END;
