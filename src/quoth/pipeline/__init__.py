"""The program: every loop that needs two of the packages below."""
