"""Floor 3: addresses to bytes; the only opener of connections."""
