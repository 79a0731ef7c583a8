"""``xuncha review``: what people say of findings."""
