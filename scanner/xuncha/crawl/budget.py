"""How far one crawl goes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """Caps of one crawl; that of time is the worker's, see ``Watcher.stop``.

    ``depth`` counts levels below the home page, ``bytes`` bodies as received. ``parts`` are frames and fragments,
    counted beside the pages; ``sitemaps`` are files. ``ahead`` is how many requests may run at once.
    """

    pages: int = 2_000
    depth: int = 8
    bytes: int = 2_000_000_000
    parts: int = 200
    sitemaps: int = 20
    ahead: int = 4
