"""Visits to home pages spread over days, so that rules about a week can be judged. See ``rounds`` and ``recall``."""
