"""The archive: documents with all their versions, and an index over their texts."""
