-- The digest of all that is kept about a version: by it a title or a date that changed on the disk is noticed.
ALTER TABLE versions ADD COLUMN seal TEXT;
