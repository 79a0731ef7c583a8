"""What people do to the baselines. Everything is refused unless the seal holds, so that nobody builds on sand."""

import os
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from xuncha.baseline import trouble
from xuncha.baseline.book import FOLDER, Baselines, Book
from xuncha.baseline.chain import Chain, read_chain
from xuncha.baseline.entries import Act, Draft
from xuncha.baseline.key import VARIABLE, Key, NoKeyError, add_key, find_keys, key_file, make_key
from xuncha.model.prints import SealState
from xuncha.store.codec import Json
from xuncha.store.disk import private_folder
from xuncha.store.errors import StoreError, disk_errors
from xuncha.store.labels import HEAD_SHOWN


def add(
    baselines: Baselines,
    drafts: Sequence[Draft],
    seen: Book,
    at: datetime,
    prints: Mapping[str, Json] | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> Book:
    """Append acts to the log, which must be as it was ``seen``.

    ``prints`` are those that they approve, of one site, and ``pictures`` those that these name.

    Raises:
        StoreError: the log is not intact, was written to meanwhile, or the disk refuses.
    """
    opens = bool(prints) or any(draft.act in (Act.ANSWER, Act.REVIEW) for draft in drafts)
    if seen.seal.state is not SealState.INTACT and (seen.begun or not opens):
        raise trouble.refused(seen.seal)
    if not baselines.stands(seen.chain):
        raise trouble.meanwhile()
    chain, key = seen.chain, seen.chain.key
    if key is None:
        key = _first_key(baselines)
        drafts = [_opening(key, drafts[0].by), *drafts]
    if prints:
        number = chain.length + 1
        drafts = [replace(draft, pack=number) if draft.print else draft for draft in drafts]
        private_folder(baselines.folder)
        baselines.pictures.write(pictures or {})
        baselines.packs.write(number, prints)
    return baselines.append(drafts, chain, key, at)


def accept(baselines: Baselines, head: str, by: str, why: str, at: datetime) -> Book:
    """Take the log as it is, though this machine knew more of it, something else or nothing.

    Args:
        baselines: their seal itself must hold.
        head: the beginning of the head, as a person read it on another machine or in a report.
        by: who says so.
        why: goes into the log, with what this machine knew.
        at: now.

    Raises:
        StoreError: the head is another one, or the seal doesn't hold.
    """
    chain = read_chain(baselines.raw(), find_keys(baselines.workspace))
    if chain.key is None or len(head) < HEAD_SHOWN or not chain.head.startswith(head.lower()):
        raise trouble.other_head(chain)
    note = " ".join([why, _known(baselines)]).strip()
    return baselines.append([Draft(Act.ACCEPT, by, note=note)], chain, chain.key, at)


def reset(baselines: Baselines, by: str, why: str, at: datetime) -> tuple[Book, Path | None]:
    """Put everything aside and begin a new log. Returns where the old one lies now.

    Raises:
        StoreError: the disk refuses.
    """
    key = _first_key(baselines)
    aside = None
    if os.path.lexists(baselines.folder):
        aside = baselines.folder.with_name(f"{FOLDER}-{at:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}")
        with disk_errors(baselines.folder, "move"):
            baselines.folder.rename(aside)
    note = " ".join([why, _known(baselines)]).strip()
    first = replace(_opening(key, by), note=note)
    return baselines.append([first], Chain(), key, at), aside


def rekey(baselines: Baselines, by: str, at: datetime) -> Book:
    """Seal with the newest key from here on; one is made where the log bears the newest already.

    Raises:
        StoreError: the log is not intact, or the disk refuses.
    """
    book = baselines.look()
    chain = book.chain
    if book.seal.state is not SealState.INTACT or chain.key is None:
        raise trouble.refused(book.seal)
    newest = find_keys(baselines.workspace).newest
    if newest == chain.key:
        newest = add_key(baselines.workspace).newest
    over = sha256(baselines.raw()[: chain.size]).hexdigest()
    change = Draft(Act.KEY, by, key=newest.name, over=over)
    return baselines.append([change], chain, newest, at)


def _opening(key: Key, by: str) -> Draft:
    return Draft(Act.START, by, workspace=secrets.token_hex(16), key=key.name)


def _first_key(baselines: Baselines) -> Key:
    """The key of a new log; made where this machine has none."""
    try:
        return find_keys(baselines.workspace).newest
    except NoKeyError:
        if os.path.lexists(key_file()) or os.environ.get(VARIABLE):
            raise
        return make_key(baselines.workspace).newest


def _known(baselines: Baselines) -> str:
    """What this machine knew of the log before, for the new entry."""
    with suppress(StoreError):
        if known := baselines.heads.of(baselines.workspace):
            return f"[{known.length} · {known.head[:HEAD_SHOWN]}]"
    return ""
