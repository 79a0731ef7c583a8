"""A real browser for pages that need one: the system's Chromium, which never touches the network itself.

``service`` renders, ``interception`` answers every request through the site's guard, ``process`` keeps Chromium
confined and bounded. What comes of it is in ``xuncha.model.rendered``.
"""
