"""Floor 2: Alignment to Verdict; discrepancies; what was left out, what was added."""
