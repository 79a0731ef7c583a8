"""The key that seals baselines. It lies outside every workspace, so that write access to one forges nothing.

A key file or variable may hold several keys, the newest first: after a change the former one is still needed until
every workspace is sealed with the new one.
"""

import hashlib
import hmac
import os
import secrets
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path

from xuncha.store.disk import private_folder, read_file, write_file
from xuncha.store.errors import StoreError, disk_errors

VARIABLE = "XUNCHA_SEAL_KEY"
LEAST = 32
"""Characters of a key; those that are made here have 64."""

_MOST_BYTES = 10_000
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class NoKeyError(StoreError):
    """There is no key here, or none that may be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Key:
    """A secret and the name by which logs tell with which key they are sealed."""

    secret: bytes = field(repr=False)

    @property
    def name(self) -> str:
        return self.mac(b"xuncha: the name of this key")[:12]

    def mac(self, data: bytes) -> str:
        """HMAC-SHA-256 (RFC 2104) in hex."""
        return hmac.new(self.secret, data, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Keys:
    """Every key of this machine, the newest first; ``source`` tells where they come from."""

    keys: tuple[Key, ...]
    source: str

    @property
    def newest(self) -> Key:
        return self.keys[0]

    def named(self, name: str) -> Key | None:
        return next((key for key in self.keys if key.name == name), None)


def config_folder() -> Path:
    """``$XDG_CONFIG_HOME/xuncha``, or what comes closest on this system."""
    given = os.environ.get("XDG_CONFIG_HOME", "")
    if given and Path(given).is_absolute():
        return Path(given) / "xuncha"
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", str(Path.home()))) / "xuncha"
    return Path.home() / ".config" / "xuncha"


def key_file() -> Path:
    return config_folder() / "seal.key"


def find_keys(workspace: Path) -> Keys:
    """The keys in the variable, else those in the key file.

    Raises:
        NoKeyError: there is none, it is too short, others can read it, or the configuration lies within ``workspace``.
    """
    _check_outside(config_folder(), workspace)
    if told := os.environ.get(VARIABLE, "").split():
        return Keys(tuple(_key(word, VARIABLE) for word in told), VARIABLE)
    path = key_file()
    if not path.exists():
        raise NoKeyError(
            f"there is no seal key here: neither {VARIABLE} nor {path}",
            f"本机没有封印密钥：既没有设置 {VARIABLE}，也没有 {path}",
        )
    _check_mode(path)
    words = read_file(path, _MOST_BYTES).decode("ascii", "replace").split()
    if not words:
        raise NoKeyError(f"{path}: is empty; restore it from a backup", f"{path}：内容为空，请从备份恢复")
    return Keys(tuple(_key(word, str(path)) for word in words), str(path))


def make_key(workspace: Path) -> Keys:
    """A key file with a new key. Raises StoreError where there is one, or it would lie within ``workspace``."""
    path = key_file()
    _check_outside(path.parent, workspace)
    private_folder(path.parent)
    with disk_errors(path, "write"):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as stream:
            stream.write(_new_word().encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
    return find_keys(workspace)


def add_key(workspace: Path) -> Keys:
    """Put a new key before those in the key file. Raises NoKeyError where the variable holds them."""
    keys = find_keys(workspace)
    if keys.source == VARIABLE:
        raise NoKeyError(
            f"the key comes from {VARIABLE}: put a new one before it there, a blank between them, and run this again",
            f"密钥取自 {VARIABLE}：请把新密钥写在原密钥之前，中间空一格，再运行一次",
        )
    path = key_file()
    write_file(path, _new_word().encode() + b"\n" + read_file(path, _MOST_BYTES))
    return find_keys(workspace)


def _new_word() -> str:
    return secrets.token_hex(32)


def _key(word: str, source: str) -> Key:
    if len(word) < LEAST:
        raise NoKeyError(
            f"{source}: a seal key has at least {LEAST} characters", f"{source}：封印密钥至少应有 {LEAST} 个字符"
        )
    return Key(word.encode())


def _check_mode(path: Path) -> None:
    if sys.platform != "win32" and path.stat().st_mode & _OTHERS:
        raise NoKeyError(
            f"{path}: others can read or write this key; run chmod 600 {path}, and if others may have read it, "
            "xuncha baseline rekey",
            f"{path}：其他用户可以读写该密钥。请运行 chmod 600 {path}；如可能已被他人读取，再运行 "
            "xuncha baseline rekey 更换密钥",
        )


def _check_outside(folder: Path, workspace: Path) -> None:
    """A key, or a memory of what was sealed, beside what it protects keeps nobody from forging."""
    if folder.resolve().is_relative_to(workspace.resolve()):
        raise NoKeyError(
            f"{folder}: seal key and records lie within the workspace that they protect; point XDG_CONFIG_HOME to a "
            "folder elsewhere",
            f"{folder}：封印密钥和首部记录放在工作目录之内，起不到保护作用；请用 XDG_CONFIG_HOME 指定别处的目录",
        )
