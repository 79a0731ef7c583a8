"""Tells ordinary updates of a page from tampering: takes prints, compares them, learns what changes by itself. Pure."""
