"""Floor 2: mentions to Entities; Statements to Claims and Responses."""
