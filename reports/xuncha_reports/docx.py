"""Rectification notices (整改通知书), one for each department, and the bulletin (通报), as Word documents to be sent.

They hold only what people have confirmed; a draft says on every page that nobody has. The templates may be replaced by
an office's own.
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from xuncha.model.text import Lang
from xuncha.store.format import visible
from xuncha.store.result import RunResult
from xuncha_reports import xlsx
from xuncha_reports.papers.bulletin import bulletin
from xuncha_reports.papers.departments import departments, folder_name
from xuncha_reports.papers.notice import Context, notice


class _Names(NamedTuple):
    bulletin: str
    notice: str
    ledger: str


_NAMES = {"zh": _Names("通报", "整改通知书", "整改台账"), "en": _Names("bulletin", "notice", "ledger")}


def parts(result: RunResult, lang: Lang, draft: str = "", templates: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """The documents, as (path, body): the bulletin, and a folder for each department with its notice and ledger.

    Args:
        result: what people have confirmed of a run; all of it where ``draft`` is said.
        lang: of the documents.
        draft: what stands on every page of a draft.
        templates: a folder with an office's own ``notice.zh.docx``, ``bulletin.zh.docx`` …

    Raises:
        ValueError: an office's own template cannot be filled in; it says which and why.
    """
    names = _NAMES[lang]
    yield f"{names.bulletin}.docx", _filled("bulletin", lang, templates, bulletin(result, lang, draft))
    taken: set[str] = set()
    for department in departments(result, lang):
        folder = folder_name(department.name, taken)
        yield (
            f"{folder}/{names.notice}.docx",
            _filled("notice", lang, templates, notice(result, department, lang, draft)),
        )
        if department.tasks:
            yield f"{folder}/{names.ledger}.xlsx", xlsx.render(replace(result, sites=department.sites), lang, draft)


def _filled(name: str, lang: Lang, own: Path | None, context: Context) -> bytes:
    file = f"{name}.{lang}.docx"
    if own is None or not (own / file).is_file():
        return fill((files("xuncha_reports") / "templates" / "papers" / file).read_bytes(), context)
    try:
        return fill((own / file).read_bytes(), context)
    except (TemplateError, BadZipFile, PackageNotFoundError, KeyError, SyntaxError) as error:
        raise ValueError(f"{own / file}: {error}") from None


def fill(template: bytes, context: Context) -> bytes:
    """A template with what stands in it. Values can be neither markup nor template, whoever they come from."""
    document = DocxTemplate(io.BytesIO(template))
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    document.render(_clean(context), environment, autoescape=True)
    body = io.BytesIO()
    document.save(body)
    return _undated(body)


def _undated(document: io.BytesIO) -> bytes:
    """The document without the moment at which it was written: the same run gives the same bytes."""
    body = io.BytesIO()
    with ZipFile(document) as made, ZipFile(body, "w", ZIP_DEFLATED) as undated:
        for name in made.namelist():
            undated.writestr(ZipInfo(name), made.read(name), ZIP_DEFLATED)
    return body.getvalue()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value
