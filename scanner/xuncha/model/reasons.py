"""Why something was not gathered, not judged or not run: one closed list.

A reason travels as its code. What it means and what to do about it stands in ``reasons.yaml`` beside this
module, in zh and en, and is copied into each run so that old runs stay readable.
"""

from enum import StrEnum


class Reason(StrEnum):
    """The closed list; each member has a text in ``reasons.yaml`` (tested)."""

    # The way to the server failed: these speak of the connection, never of the site's quality.
    NO_SUCH_NAME = "no-such-name"
    DNS_FAILED = "dns-failed"
    REFUSED = "refused"
    RESET = "reset"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TLS_FAILED = "tls-failed"
    TLS_TOO_OLD = "tls-too-old"
    NOT_TLS = "not-tls"
    MALFORMED_REPLY = "malformed-reply"
    TOO_LARGE = "too-large"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    BAD_REDIRECT = "bad-redirect"
    SERVER_ERROR = "server-error"

    # Our own guard said no.
    ADDRESS_FORBIDDEN = "address-forbidden"
    SCHEME_FORBIDDEN = "scheme-forbidden"
    METHOD_FORBIDDEN = "method-forbidden"
    OUT_OF_SCOPE = "out-of-scope"
    NOT_AUTHORISED = "not-authorised"
    OUTSIDE_HOURS = "outside-hours"
    ROBOTS_FORBIDDEN = "robots-forbidden"
    ROBOTS_UNKNOWN = "robots-unknown"
    BUDGET_REACHED = "budget-reached"
    RATE_LIMITED = "rate-limited"

    # The site did not let us see it as a citizen's browser would.
    CHALLENGED = "challenged"
    BLOCKED_DURING_RUN = "blocked-during-run"
    FILING_BLOCK = "filing-block"
    NEEDS_BROWSER = "needs-browser"
    FRAME_UNREAD = "frame-unread"
    RENDER_TOO_HEAVY = "render-too-heavy"
    STYLE_UNDECIDED = "style-undecided"
    IN_PICTURE = "in-picture"
    SEEN_OTHERWISE = "seen-otherwise"
    PICTURE_INCOMPLETE = "picture-incomplete"
    ANSWERS_EVERYTHING = "answers-everything"
    PAGE_UNREADABLE = "page-unreadable"
    STATE_SECRET_MARK = "state-secret-mark"  # noqa: S105 - a reason, not a password
    ANNOUNCED = "announced"

    # Something that the question needs is not there.
    REGISTER_NOT_CONFIGURED = "register-not-configured"
    REGISTER_UNREADABLE = "register-unreadable"
    PROGRAM_MISSING = "program-missing"
    PROGRAM_FAILED = "program-failed"
    NO_BROWSER = "no-browser"
    BROWSER_OFF = "browser-off"
    NO_SANDBOX = "no-sandbox"
    BROWSER_FAILED = "browser-failed"
    NOT_SUPPORTED = "not-supported"
    VANTAGE_UNFIT = "vantage-unfit"
    PRIVATE_NETWORK = "private-network"
    TOO_FEW_VISITS = "too-few-visits"
    TOO_FEW_PAGES = "too-few-pages"
    NO_HTTPS = "no-https"
    NO_ENTRY_URL = "no-entry-url"
    NO_BASELINE = "no-baseline"
    BASELINE_BROKEN = "baseline-broken"
    SEAL_KEY_MISSING = "seal-key-missing"
    NO_EVIDENCE = "no-evidence"
    EVIDENCE_NOT_REVIEWED = "evidence-not-reviewed"
    NOT_HANDED_IN = "not-handed-in"
    EVIDENCE_UNREADABLE = "evidence-unreadable"
    EVIDENCE_REFUSED = "evidence-refused"
    NOT_SCANNED_YET = "not-scanned-yet"
    NOTHING_TO_COMPARE = "nothing-to-compare"
    STILL_UNANSWERED = "still-unanswered"
    LOW_COVERAGE = "low-coverage"
    NO_RECORD = "no-record"
    FACT_MISSING = "fact-missing"

    # A document was not read.
    DOCUMENT_ENCRYPTED = "document-encrypted"
    DOCUMENT_DAMAGED = "document-damaged"
    DOCUMENT_TOO_LARGE = "document-too-large"
    DOCUMENT_SCANNED = "document-scanned"
    READ_BY_OCR = "read-by-ocr"
    OCR_MISSING = "ocr-missing"
    DOCUMENT_UNSUPPORTED = "document-unsupported"
    DOCUMENT_UNSAFE = "document-unsafe"

    # The question does not apply to this site.
    KIND_OF_SITE = "kind-of-site"
    NOT_OFFERED = "not-offered"
    CARRIED_BY_PARENT = "carried-by-parent"
    LINKED_PLATFORM = "linked-platform"
    NO_DOMAIN_NAME = "no-domain-name"

    # Our program failed; never the site's fault.
    PLUGIN_NOT_LOADED = "plugin-not-loaded"
    RAISED = "raised"
    BROKE_CONTRACT = "broke-contract"
    DEADLINE = "deadline"
    MEMORY = "memory"
    WORKER_KILLED = "worker-killed"
    QUARANTINED = "quarantined"

    # Nobody asked, or we were stopped.
    NOT_SELECTED = "not-selected"
    INTERRUPTED = "interrupted"
    DISK_FULL = "disk-full"
