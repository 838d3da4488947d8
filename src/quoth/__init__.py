"""Quoth checks what the press says someone said against what they said."""

__version__ = "0.1.0"
__all__ = ["__version__"]
