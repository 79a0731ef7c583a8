"""``xuncha evidence``."""
