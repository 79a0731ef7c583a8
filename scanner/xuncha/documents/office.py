"""Old and foreign formats, turned into newer ones by LibreOffice where it is installed.

It starts with a profile of its own, without macros and without leave to fetch what a document links to.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from xuncha.documents.refusal import RefusedError
from xuncha.model.documents import DocumentKind
from xuncha.model.reasons import Reason

BECOMES = {
    DocumentKind.DOC: DocumentKind.DOCX,
    DocumentKind.RTF: DocumentKind.DOCX,
    DocumentKind.ODT: DocumentKind.DOCX,
    DocumentKind.ODS: DocumentKind.XLSX,
    DocumentKind.XLSB: DocumentKind.XLSX,
    DocumentKind.PPT: DocumentKind.PPTX,
}
_FILTERS = {
    DocumentKind.DOCX: "docx:MS Word 2007 XML",
    DocumentKind.XLSX: "xlsx:Calc MS Excel 2007 XML",
    DocumentKind.PPTX: "pptx:Impress MS PowerPoint 2007 XML",
}
PROGRAMS = ("soffice", "libreoffice")
SECONDS = 90
"""How long one conversion may take, start of the program included."""

_COMMON = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = {
    (_COMMON, "MacroSecurityLevel"): "3",
    (_COMMON, "DisableMacrosExecution"): "true",
    (_COMMON, "BlockUntrustedRefererLinks"): "true",
    (_COMMON, "DisableActiveContent"): "true",
    ("/org.openoffice.Office.Writer/Content/Update", "Link"): "0",
    ("/org.openoffice.Office.Calc/Content/Update", "Link"): "1",
    ("/org.openoffice.Inet/Settings", "ooInetProxyType"): "1",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName"): "127.0.0.1",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort"): "9",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName"): "127.0.0.1",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort"): "9",
}


def convert(body: bytes, kind: DocumentKind) -> bytes:
    """The same document in the format that ``BECOMES`` names. Raises RefusedError."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise RefusedError(Reason.PROGRAM_MISSING, "LibreOffice")
    with tempfile.TemporaryDirectory(prefix="xuncha-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _write_profile(folder / "profile")
        given = folder / f"document.{kind}"
        given.write_bytes(body)
        code = _run(program, folder, given, BECOMES[kind])
        try:
            return (folder / "out" / f"document.{BECOMES[kind]}").read_bytes()
        except FileNotFoundError:
            # It ends with 0 also where it could not load the document.
            reason = Reason.PROGRAM_FAILED if code else Reason.DOCUMENT_DAMAGED
            raise RefusedError(reason, f"LibreOffice made nothing of it and ended with {code}") from None


def _run(program: str, folder: Path, given: Path, becomes: DocumentKind) -> int:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    quiet = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
    order = ("--convert-to", _FILTERS[becomes], "--outdir", str(folder / "out"), str(given))
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; the document is only the content of a file
            [program, profile, *quiet, *order],
            cwd=folder,
            env={**os.environ, "HOME": str(folder), "TMPDIR": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RefusedError(Reason.DOCUMENT_TOO_LARGE, f"not converted within {SECONDS} s") from None
    except OSError as error:
        raise RefusedError(Reason.PROGRAM_FAILED, f"LibreOffice: {error}") from None
    return done.returncode


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in _SETTINGS.items()
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        "utf-8",
    )
