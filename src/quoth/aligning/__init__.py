"""Floor 2: a statement and sources to an Alignment; pieces and edits."""
