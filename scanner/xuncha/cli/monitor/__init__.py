"""``xuncha monitor``, a part in each module."""
