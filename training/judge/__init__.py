"""Makes the judge of same and changed meaning."""
