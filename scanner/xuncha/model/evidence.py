"""佐证材料: what a unit handed in about one site, as its ``evidence.yaml`` declares it and as the files really are.

``Evidence`` is a fact of the core. Sections keep the words of the declaration; nothing in them was believed yet.
"""

from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum

from xuncha.model.files import below
from xuncha.model.reasons import Reason

DECLARATION = "evidence.yaml"
"""The declaration's name in a site's evidence folder."""


class Piece(StrEnum):
    """What is asked for (佐证材料清单). The first word is the section of ``evidence.yaml``, the second the entry."""

    BACKUP_POLICY = "backup.policy"
    BACKUP_COPIES = "backup.copies"
    OFFSITE_COPY = "backup.offsite"
    RESTORE_DRILL = "backup.restore_drill"
    EMERGENCY_PLAN = "emergency.plan"
    EMERGENCY_DRILL = "emergency.drill"
    ANTI_ATTACK = "protection.anti_attack"
    ANTI_TAMPER = "protection.anti_tamper"
    ANTI_VIRUS = "protection.anti_virus"
    CLASSIFIED_PROTECTION = "protection.classified"
    SECURITY_ASSESSMENT = "protection.assessment"
    LOG_RETENTION = "protection.logs"
    TEAM = "staffing.team"
    EDITORS = "staffing.editors"
    REGISTER = "staffing.register"
    OUTSOURCING = "staffing.outsourcing"


class Fault(StrEnum):
    """What is wrong with a file, or with a path that the declaration names."""

    MISSING = "missing"
    OUTSIDE = "outside"
    LINK_OUT = "link-out"
    NOT_REGULAR = "not-regular"
    UNREADABLE = "unreadable"
    NAME_NOT_UTF8 = "name-not-utf8"
    WRONG_EXTENSION = "wrong-extension"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    UNSAFE = "unsafe"
    WORK_SECRET = "work-secret"  # noqa: S105 - a fault, not a password
    STATE_SECRET = "state-secret"  # noqa: S105
    RESIDENT_ID = "resident-id"
    LOGIN = "login"


REFUSED = frozenset({Fault.WORK_SECRET, Fault.STATE_SECRET, Fault.RESIDENT_ID, Fault.LOGIN})
"""We don't want to have such a file: nothing of it but its name and size is kept, and no probe can open it."""

UNUSABLE = REFUSED | {
    Fault.MISSING,
    Fault.OUTSIDE,
    Fault.LINK_OUT,
    Fault.NOT_REGULAR,
    Fault.UNREADABLE,
    Fault.NAME_NOT_UTF8,
}
"""With such a fault a file counts as not handed in."""


class FileKind(StrEnum):
    """What a file is by its first bytes, as far as these tell."""

    PDF = "pdf"
    ZIP = "zip"
    """Also docx, xlsx, pptx, ofd, odt and newer wps."""
    OLE = "ole"
    """doc, xls, ppt and older wps."""
    RTF = "rtf"
    TEXT = "text"
    IMAGE = "image"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTD = "zstd"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    PG_DUMP = "pg_dump"
    EMPTY = "empty"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file in the folder, whether declared or not. ``path`` is relative, with forward slashes.

    ``size`` is in bytes; ``sha256`` is empty where the file was refused or not read whole; ``modified`` is the day in
    Shanghai of its time stamp, which anybody may have set. ``ocr`` is the lowest confidence, in per cent, of the lines
    that OCR read; None where it read none.
    """

    path: str
    size: int
    kind: FileKind
    sha256: str = ""
    modified: date | None = None
    ocr: int | None = None


@dataclass(frozen=True, slots=True)
class EvidenceProblem:
    """A fault of a path. ``piece`` names what it was declared for; ``detail`` says what the file really is.

    ``ocr`` is the confidence, in per cent, with which OCR read what speaks against it; None where words or its name do.
    """

    path: str
    fault: Fault
    piece: Piece | None = None
    detail: str = ""
    ocr: int | None = None


@dataclass(frozen=True, slots=True)
class Unvetted:
    """A document or picture that was not read, or not all of it, so that nobody knows what it holds; and why."""

    path: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class BackupPolicy:
    """备份制度. Days count calendar days; ``scope`` is what is backed up."""

    files: tuple[str, ...] = ()
    issued: date | None = None
    scope: tuple[str, ...] = ()
    cycle_days: float | None = None
    medium: str = ""
    retention_days: int | None = None
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class BackupCopy:
    """最近的一份备份: a file, or the folder of a repository. ``kind`` is what the unit calls it.

    ``password_file`` is the path, in the evidence folder, of a file with the password of a repository.
    """

    path: str
    holds: str = ""
    kind: str = ""
    taken: date | None = None
    checksums: str = ""
    password_file: str = ""


@dataclass(frozen=True, slots=True)
class OffsiteCopy:
    """异地备份."""

    files: tuple[str, ...] = ()
    place: str = ""
    last: date | None = None


@dataclass(frozen=True, slots=True)
class RestoreDrill:
    """恢复演练. Minutes: what it took, and what the unit promises (RTO, RPO)."""

    files: tuple[str, ...] = ()
    held: date | None = None
    minutes: float | None = None
    rto_minutes: float | None = None
    rpo_minutes: float | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyPlan:
    """应急预案."""

    files: tuple[str, ...] = ()
    issued: date | None = None
    revised: date | None = None
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyDrill:
    """应急演练记录."""

    files: tuple[str, ...] = ()
    held: date | None = None
    scenario: str = ""
    participants: tuple[str, ...] = ()
    result: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """防攻击、防篡改或防病毒措施.

    ``updated`` is when its rules last were, ``alert_handled`` how the last alert ended.
    """

    files: tuple[str, ...] = ()
    product: str = ""
    licence_until: date | None = None
    updated: date | None = None
    last_alert: date | None = None
    alert_handled: str = ""


@dataclass(frozen=True, slots=True)
class Classified:
    """等级保护: level, filing number and date of the assessment; never its report."""

    files: tuple[str, ...] = ()
    level: int | None = None
    filing_number: str = ""
    filed: date | None = None
    assessed: date | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """年度安全评估, by oneself or by a third party."""

    files: tuple[str, ...] = ()
    held: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class LogRetention:
    """日志留存. ``kinds``: 防火墙、主机、应用、数据库."""

    files: tuple[str, ...] = ()
    kept_days: int | None = None
    kinds: tuple[str, ...] = ()
    backed_up: bool | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """人员. Telephones as written; masked wherever they are stored."""

    name: str
    duty: str = ""
    telephone: str = ""
    full_time: bool | None = None
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class StaffRegister:
    """人员名册."""

    files: tuple[str, ...] = ()
    reviewed: date | None = None


@dataclass(frozen=True, slots=True)
class Outsourcing:
    """外包合同. ``outsourced`` False says that there is none."""

    files: tuple[str, ...] = ()
    outsourced: bool | None = None
    contractor: str = ""
    scope: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Backup:
    policy: BackupPolicy = BackupPolicy()
    copies: tuple[BackupCopy, ...] = ()
    offsite: OffsiteCopy = OffsiteCopy()
    restore_drill: RestoreDrill = RestoreDrill()


@dataclass(frozen=True, slots=True)
class Emergency:
    plan: EmergencyPlan = EmergencyPlan()
    drill: EmergencyDrill = EmergencyDrill()


@dataclass(frozen=True, slots=True)
class Protection:
    anti_attack: Measure = Measure()
    anti_tamper: Measure = Measure()
    anti_virus: Measure = Measure()
    classified: Classified = Classified()
    assessment: Assessment = Assessment()
    logs: LogRetention = LogRetention()


@dataclass(frozen=True, slots=True)
class Staffing:
    team: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    register: StaffRegister = StaffRegister()
    outsourcing: Outsourcing = Outsourcing()


@dataclass(frozen=True, slots=True)
class Declaration:
    """``evidence.yaml`` as a value."""

    filled_by: str = ""
    filled: date | None = None
    backup: Backup = Backup()
    emergency: Emergency = Emergency()
    protection: Protection = Protection()
    staffing: Staffing = Staffing()

    def entry(self, piece: Piece) -> object:
        """What is declared of a piece: one of the values above, or a tuple of them."""
        section, _, name = piece.partition(".")
        return getattr(getattr(self, section), name)

    def paths(self, piece: Piece) -> tuple[str, ...]:
        """The paths that a piece names, as written."""
        entry = self.entry(piece)
        if piece is Piece.BACKUP_COPIES:
            named = ((copy.path, copy.checksums) for copy in self.backup.copies)
            return tuple(path for pair in named for path in pair if path)
        return tuple(getattr(entry, "files", ()))

    def says(self, piece: Piece) -> bool:
        """Whether anything is declared of a piece."""
        entry = self.entry(piece)
        return bool(entry) if isinstance(entry, tuple) else entry != type(entry)()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was handed in about one site.

    Args:
        looked: the day of looking (Asia/Shanghai); checks have no clock.
        declaration: what ``evidence.yaml`` declares; all empty where there is none.
        files: every usable file in the folder, sorted by path; refused ones are only in ``problems``.
        problems: what is wrong with files and declared paths.
        deadlines: until when each piece is to be handed in, inclusive; a piece that is not there has none.
        present: whether there is a folder with an ``evidence.yaml``.
        complete: False where a limit left files out.
        mistaken: the lines of ``evidence.yaml`` that could not be read and were left out; 0 stands for the whole file.
        unvetted: what could not be looked through for what must not be here.
        doubtful: the pieces that lines with mistakes may have named; None where that can't be told.
    """

    looked: date
    declaration: Declaration = Declaration()
    files: tuple[EvidenceFile, ...] = ()
    problems: tuple[EvidenceProblem, ...] = ()
    deadlines: dict[Piece, date] = field(default_factory=dict)
    present: bool = True
    complete: bool = True
    mistaken: tuple[int, ...] = ()
    unvetted: tuple[Unvetted, ...] = ()
    doubtful: tuple[Piece, ...] | None = None

    @property
    def backup(self) -> Backup:
        return self.declaration.backup

    @property
    def emergency(self) -> Emergency:
        return self.declaration.emergency

    @property
    def protection(self) -> Protection:
        return self.declaration.protection

    @property
    def staffing(self) -> Staffing:
        return self.declaration.staffing

    def file(self, path: str) -> EvidenceFile | None:
        """The usable file at a path, however the declaration writes it; None where there is none."""
        plain = below(path)
        return next((one for one in self.files if one.path == plain), None)

    def files_at(self, path: str) -> tuple[EvidenceFile, ...]:
        """The file at a path, or all files below it where it is a folder (a backup repository)."""
        plain = below(path)
        if plain is None:
            return ()
        return tuple(one for one in self.files if one.path == plain or one.path.startswith(f"{plain}/"))

    def of(self, piece: Piece) -> tuple[EvidenceFile, ...]:
        """The usable files that a piece declares, in the order of the declaration."""
        found = {one.path: one for path in self.declaration.paths(piece) for one in self.files_at(path)}
        return tuple(found.values())

    def problems_of(self, piece: Piece) -> tuple[EvidenceProblem, ...]:
        """What is wrong with the paths that a piece names."""
        return tuple(one for one in self.problems if one.piece is piece)

    def may_name(self, piece: Piece | None) -> bool:
        """Whether a line that could not be read may have named what lacks of a piece; None: of any."""
        if piece is None or self.doubtful is None:
            return bool(self.mistaken)
        return piece in self.doubtful

    def is_refused(self, piece: Piece) -> bool:
        """Whether what was handed in of a piece was refused, so that nobody can say that nothing came."""
        return any(one.fault in REFUSED for one in self.problems_of(piece))

    def handed_in(self, piece: Piece) -> bool:
        """Whether a piece was handed in: a usable file of it, or its words where words are all that is asked."""
        if self.of(piece):
            return True
        if piece is Piece.OUTSOURCING and self.staffing.outsourcing.outsourced is False:
            return True
        return piece in BY_WORD and self.declaration.says(piece)

    def due(self, piece: Piece) -> date | None:
        """Until when the piece is to be handed in."""
        return self.deadlines.get(piece)

    def is_overdue(self, piece: Piece) -> bool:
        """Whether its deadline has passed; without one it never does."""
        due = self.due(piece)
        return due is not None and self.looked > due


BY_WORD = frozenset({Piece.CLASSIFIED_PROTECTION, Piece.LOG_RETENTION, Piece.TEAM, Piece.EDITORS})
"""Pieces that need no file."""

SECTIONS = tuple(one.name for one in fields(Declaration) if one.name not in ("filled_by", "filled"))
