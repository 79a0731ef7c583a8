"""``python -m xuncha.documents``: a document on standard input, its text or a refusal as JSON on standard output."""

import json
import logging
import sys
import warnings
from dataclasses import asdict

from xuncha.documents.kinds import kind_of
from xuncha.documents.limits import CONVERTING, NORMAL, confine, limit
from xuncha.documents.office import BECOMES
from xuncha.documents.reading import read
from xuncha.documents.refusal import OutOfTimeError, RefusedError
from xuncha.model.documents import DocumentText
from xuncha.model.reasons import Reason


def main() -> None:
    """Read, confined and bounded; say what came of it."""
    confine()
    # Libraries warn of every oddity; nobody would read it.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    body = sys.stdin.buffer.read()
    try:
        said: dict[str, object] = {"text": asdict(_read(body))}
    except RefusedError as refused:
        said = {"refused": refused.reason, "detail": refused.detail[:300]}
    except (OutOfTimeError, MemoryError, RecursionError) as stop:
        said = {"refused": Reason.DOCUMENT_TOO_LARGE, "detail": type(stop).__name__}
    sys.stdout.buffer.write(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))


def _read(body: bytes) -> DocumentText:
    limit(CONVERTING)
    kind = kind_of(body)
    limits = CONVERTING if kind in BECOMES else NORMAL
    limit(limits)
    return read(body, kind, limits)


if __name__ == "__main__":
    main()
