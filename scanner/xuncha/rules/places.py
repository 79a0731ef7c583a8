"""Where rules look: templates of paths, and what fills them.

At ``root`` and ``folders`` a path starts with ``/`` and is taken below the site's root or each of its folders. At
``pages`` and ``assets`` it starts with ``{path}`` or ``{dir}``: the path of a page or script that the crawl saw, or its
folder.

====================  ==========================================  =======================================
``{host}``            the host                                    ``www.shili.gov.cn``
``{domain}``          the registered domain                       ``shili.gov.cn``
``{label}``           its first label                             ``shili``
``{random}``          a name that nobody has                      ``xuncha-0c3f…``
``{context}``         root, at the front: nothing, and each of    nothing, ``/prod-api``, ``/zwfw``
                      the site's applications in turn
``{path}``            pages, assets: the whole path               ``/js/app.js``
``{dir}``             the folder, with its slashes                ``/js/``
``{name}``            the file                                    ``app.js``
``{stem} {suffix}``   the file without its suffix; the suffix     ``app``, ``js``
====================  ==========================================  =======================================
"""

import re
from dataclasses import dataclass
from string import Formatter
from urllib.parse import quote

EVERYWHERE = frozenset({"host", "domain", "label", "random"})
OF_A_FILE = frozenset({"path", "dir", "name", "stem", "suffix"})
AT_ROOT = frozenset({"context"})
RANDOM = "{random}"
CONTEXT = "{context}"
_PLAIN = re.compile(r"[!-~]{1,200}")


@dataclass(frozen=True, slots=True)
class Names:
    """What fills the placeholders that stand everywhere."""

    host: str
    domain: str
    label: str
    random: str


def fields(template: str) -> frozenset[str] | None:
    """The placeholders of a template; None where it is none: braces that are not closed, formats, other than ASCII."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return None
    if not _PLAIN.fullmatch(template) or any(spec or conversion for _, _, spec, conversion in parts):
        return None
    return frozenset(name for _, name, _, _ in parts if name is not None)


def below(folder: str, template: str, names: Names, context: str = "") -> str:
    """The path of a template below a folder, which ends with a slash; ``context`` is the path of an application."""
    return folder.rstrip("/") + _filled(template, names, {"context": context})


def beside(path: str, template: str, names: Names) -> str:
    """The path of a template made from the path of a page or asset."""
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    own = {
        "path": path,
        "dir": f"{folder}/",
        "name": name,
        "stem": stem if dot else name,
        "suffix": suffix if dot else "",
    }
    return _filled(template, names, own)


def _filled(template: str, names: Names, own: dict[str, str]) -> str:
    values = {"host": names.host, "domain": names.domain, "label": names.label, "random": names.random}
    return template.format_map(values | own)


def calm(path: str) -> str:
    """``path`` with what no request line may hold escaped."""
    return quote(path, safe="/%?&=+:@!$'()*,;~-._[]")
