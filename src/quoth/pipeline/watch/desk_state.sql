-- desk: one row; the name is what its Atom feed is known by
CREATE TABLE desk (format INTEGER NOT NULL, name TEXT NOT NULL);
-- feeds: what their servers said last, and when they are asked again (seconds since 1970)
CREATE TABLE feeds (address TEXT PRIMARY KEY, etag TEXT, modified TEXT, due REAL NOT NULL, failures INTEGER NOT NULL);
-- places: pages, items and files in which reports are; `state` is by what a change is seen
CREATE TABLE places (
    place TEXT PRIMARY KEY, watched TEXT NOT NULL, kind TEXT NOT NULL, link TEXT, item TEXT NOT NULL, state TEXT NOT NULL,
    etag TEXT, modified TEXT, seen REAL NOT NULL, due REAL, visits INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX places_due ON places (due);
CREATE TABLE reports (report TEXT PRIMARY KEY, place TEXT NOT NULL, version INTEGER NOT NULL, sha256 TEXT NOT NULL);
-- findings: everything that was found worth telling, in that order; `standing` until a later version ends it
CREATE TABLE findings (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, report TEXT NOT NULL, standing INTEGER NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX findings_report ON findings (report);
-- tellings: how each finding is told once: pending, started (by one process, at a time), told, failed, unknown
CREATE TABLE tellings (
    finding INTEGER NOT NULL REFERENCES findings, way TEXT NOT NULL, status TEXT NOT NULL, due REAL NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0, why TEXT, PRIMARY KEY (finding, way)
);
CREATE INDEX tellings_status ON tellings (way, status, finding);
-- files: how long a file that is appended to was when all that was told stood in it
CREATE TABLE files (way TEXT PRIMARY KEY, length INTEGER NOT NULL);
CREATE TABLE robots (site TEXT PRIMARY KEY, until REAL NOT NULL, text TEXT NOT NULL);
