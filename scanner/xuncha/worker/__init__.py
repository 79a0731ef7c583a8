"""Processes: the parent that watches (``supervisor``), workers that gather and judge, and what they leave on disk."""
