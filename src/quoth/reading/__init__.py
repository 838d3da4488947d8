"""Floor 2: bytes to Document; one file per format, and one that decides which."""
