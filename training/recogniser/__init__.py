"""Makes the recogniser of names."""
