"""Makes the weights from the corpora. Never imported by quoth."""
