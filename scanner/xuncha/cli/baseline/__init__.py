"""``xuncha baseline``, a part in each module."""
