"""Pictures of approved looks: made small, kept beside the baseline, named by their SHA-256, which the log seals."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from xuncha.model.looks import ApprovedPicture
from xuncha.model.pictures import Photo
from xuncha.store.disk import private_folder, read_file, sha256_of, write_file
from xuncha.store.errors import StoreError
from xuncha.store.pictures import read_album
from xuncha.tamper.pixels import MOST_BYTES, MOST_KEPT, UnreadablePictureError, shrunk

_HEX = frozenset("0123456789abcdef")


class ApprovedPictures:
    """The files below ``baselines/pictures``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, pictures: Mapping[str, bytes]) -> None:
        """Store pictures by their hashes. Raises StoreError."""
        if pictures:
            private_folder(self._folder)
        for name, jpeg in pictures.items():
            write_file(self._path(name), jpeg)

    def read(self, picture: ApprovedPicture) -> bytes:
        """The JPEG. Raises StoreError where it is missing, or not what was approved."""
        data = read_file(self._path(picture.sha256), MOST_KEPT * 2)
        if sha256(data).hexdigest() != picture.sha256:
            path = self._path(picture.sha256)
            raise StoreError(f"{path}: the approved picture was changed", f"{path}：核准时的截图被改动")
        return data

    def _path(self, name: str) -> Path:
        if len(name) != sha256().digest_size * 2 or not _HEX.issuperset(name):
            raise StoreError(f"{name[:80]!r} names no picture", f"{name[:80]!r} 不是截图的编号")
        return self._folder / f"{name}.jpg"


def made_small(site: Path, photo: Photo) -> tuple[ApprovedPicture, bytes] | None:
    """The picture that a run kept in a site's folder, as it is kept for good; None where there is nothing to make.

    Raises:
        StoreError: the picture was changed after it had been taken.
    """
    shot = next((one for one in read_album(site).taken if one.photo.evidence == photo.evidence), None)
    if shot is None or not (site / shot.file).is_file():
        return None
    if sha256_of(site / shot.file) != photo.sha256:
        raise StoreError(f"{site / shot.file}: was changed after its run", f"{site / shot.file}：检查结束后被改动")
    try:
        jpeg, width, height = shrunk(read_file(site / shot.file, MOST_BYTES), photo.strip)
    except (ImportError, UnreadablePictureError):
        return None
    return ApprovedPicture(sha256(jpeg).hexdigest(), width, height, photo), jpeg
