"""What is said of a document: its text, or why there is none, as JSON. Runs in a process that may be lost."""

import json
import logging
import warnings
from dataclasses import asdict

from xuncha.documents.kinds import kind_of
from xuncha.documents.limits import CONVERTING, NORMAL, SCANS, limit
from xuncha.documents.office import BECOMES
from xuncha.documents.reading import read
from xuncha.documents.refusal import OutOfTimeError, RefusedError
from xuncha.model.documents import DocumentText
from xuncha.model.reasons import Reason


def answer(body: bytes, *, scans: bool = False) -> bytes:
    """Read a document, bounded, and say what came of it. Bounds hold for the rest of this process."""
    # Libraries warn of every oddity; nobody would read it.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    try:
        said: dict[str, object] = {"text": asdict(_read(body, scans=scans))}
    except RefusedError as refused:
        said = {"refused": refused.reason, "detail": refused.detail[:300]}
    except (OutOfTimeError, MemoryError, RecursionError) as stop:
        said = {"refused": Reason.DOCUMENT_TOO_LARGE, "detail": type(stop).__name__}
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def _read(body: bytes, *, scans: bool) -> DocumentText:
    limit(SCANS if scans else CONVERTING)
    kind = kind_of(body)
    limits = SCANS if scans else CONVERTING if kind in BECOMES else NORMAL
    limit(limits)
    return read(body, kind, limits, scans=scans)
