"""What other libraries write by themselves."""

import logging


def hush_libraries() -> None:
    """Let no library log to standard error: its words are not ours, and may quote what was read."""
    logging.getLogger().addHandler(logging.NullHandler())
