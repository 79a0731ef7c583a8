"""``xuncha selfcheck``."""
