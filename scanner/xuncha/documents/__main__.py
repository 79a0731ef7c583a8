"""``python -m xuncha.documents``: a document on standard input, its text or a refusal as JSON on standard output.

``--scans``: pictures and scanned pages are read by OCR. ``--serve``: many documents, each after its length and whether
to do so, and the answers after theirs.
"""

import sys

from xuncha.documents.answer import answer
from xuncha.documents.limits import confine
from xuncha.documents.serving import serve


def main() -> None:
    """Read, confined and bounded; say what came of it."""
    confine()
    given, said = sys.stdin.buffer, sys.stdout.buffer
    if "--serve" in sys.argv[1:]:
        serve(given, said)
    else:
        said.write(answer(given.read(), scans="--scans" in sys.argv[1:]))


if __name__ == "__main__":
    main()
