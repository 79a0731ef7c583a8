"""A run as one file that can be handed on."""

import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from xuncha.store.bundle import Bundle
from xuncha.store.disk import replacing
from xuncha.store.redacted import redacted
from xuncha.store.result import RunResult, to_json


def pack_bundle(path: Path, bundle: Bundle) -> None:
    """All files of a sealed run, as they are stored; ``xuncha run verify`` holds of them once they are unpacked."""
    with replacing(path) as stream, ZipFile(stream, "w", ZIP_DEFLATED) as packed:
        for file in sorted(one for one in bundle.folder.rglob("*") if one.is_file() and not one.is_symlink()):
            packed.write(file, f"{bundle.folder.name}/{file.relative_to(bundle.folder)}")


def pack_result(path: Path, result: RunResult) -> None:
    """The result alone, as JSON, without what is not for others."""
    body = json.dumps(to_json(redacted(result)), ensure_ascii=False, indent=1)
    with replacing(path) as stream, ZipFile(stream, "w", ZIP_DEFLATED) as packed:
        packed.writestr(f"{result.run.id}/result.json", body.encode("utf-8", "backslashreplace"))
