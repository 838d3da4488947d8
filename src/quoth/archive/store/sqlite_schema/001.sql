-- Texts by their content; a text that several documents have is kept once.
CREATE TABLE texts (
    key INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL
);
-- AUTOINCREMENT: a number is never given out twice, also after the last version was deleted.
CREATE TABLE versions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    text INTEGER NOT NULL REFERENCES texts (key),
    title TEXT,
    publisher TEXT,
    published TEXT,
    language TEXT,
    url TEXT,
    blocks TEXT NOT NULL,
    added TEXT NOT NULL,
    UNIQUE (id, version)
);
CREATE INDEX versions_text ON versions (text);
-- One row: what a summary needs, kept up to date in the same transaction as the documents.
CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    documents INTEGER NOT NULL,
    versions INTEGER NOT NULL,
    digest TEXT NOT NULL,
    changed TEXT
);
