-- The same tables as in SQLite. Texts are bytes of UTF-8: PostgreSQL's text cannot hold every code point (none is NUL).
CREATE TABLE texts (
    key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    text BYTEA NOT NULL
);
CREATE TABLE versions (
    number BIGINT PRIMARY KEY,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    text BIGINT NOT NULL REFERENCES texts (key),
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
-- One row: what a summary needs, kept up to date in the same transaction as the documents. `last` is the largest number
-- given out; a sequence would leave gaps behind transactions that failed, and give numbers out before they are committed.
CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    documents BIGINT NOT NULL,
    versions BIGINT NOT NULL,
    last BIGINT NOT NULL,
    digest TEXT NOT NULL,
    changed TEXT
);
INSERT INTO state VALUES (1, 0, 0, 0, '0000000000000000000000000000000000000000000000000000000000000000', NULL);
