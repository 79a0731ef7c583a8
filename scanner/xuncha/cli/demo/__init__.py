"""``xuncha demo``, a part in each module."""
