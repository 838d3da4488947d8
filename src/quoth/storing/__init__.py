"""Floor 3: one port for archives; SQLite and PostgreSQL behind it."""
