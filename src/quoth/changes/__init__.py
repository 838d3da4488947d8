"""What each edit changes, by kind."""
