"""The command line: translate in, call, translate out."""
