"""Floor 2: Document to Statements; direct, indirect, nested."""
