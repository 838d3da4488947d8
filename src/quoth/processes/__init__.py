"""Worker processes, and what becomes of them when the command that started them is interrupted or ends."""
