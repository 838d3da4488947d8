"""Examinations on Spark."""
