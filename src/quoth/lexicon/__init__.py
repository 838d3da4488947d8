"""Every word list, with its origin."""
