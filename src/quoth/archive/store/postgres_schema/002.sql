-- The digest of all that is kept about a version: by it a title or a date that changed on the disk is noticed.
ALTER TABLE versions ADD COLUMN seal TEXT;
-- The archive whose documents these are; no other folder may use the database.
ALTER TABLE state ADD COLUMN archive TEXT;
