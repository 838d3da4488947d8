"""Floor 3: Examination to text, HTML and JSON."""
