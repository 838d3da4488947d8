"""Floor 3: one port for archives; SQLite and PostgreSQL behind it.

port      `Store`, and what it gives: `Stored`, `Outcome`, `Summary`
sqlite    the embedded default, one file (sqlite_file: making it, seeing that it changed)
postgres  a database of its own, for desks that have one (extra `postgres`)
"""

from quoth.archive.store.ports_of_store import Outcome, Store, Stored, Summary, sha256_of, unkeepable

__all__ = ["Outcome", "Store", "Stored", "Summary", "sha256_of", "unkeepable"]
