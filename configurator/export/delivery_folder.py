"""A folder on this machine as destination: written beside, synced to disk, then renamed into place."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


class Folder:
    """Packages as sub-folders of one folder, which is made when first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def replace(self, folder: str, files: Mapping[str, bytes], *, last: str) -> None:
        """Make the sub-folder hold exactly these files: it appears whole, by one rename.

        A crash leaves at the most hidden folders beside it, which the next writing of this package removes.
        Two writers at once write the same bytes; the slower one's leftovers go too.
        """
        self._path.mkdir(parents=True, exist_ok=True)
        if not self._holds(folder, files):
            beside = Path(tempfile.mkdtemp(prefix=f".{folder}~", dir=self._path))
            self._fill(beside, files, last=last)
            self._swap(beside, folder)
        self._sweep(folder)

    def read(self, folder: str, name: str) -> bytes | None:
        """A file's content, or None when it is not there."""
        try:
            return (self._path / folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _holds(self, folder: str, files: Mapping[str, bytes]) -> bool:
        there = self._path / folder
        names = {each.name for each in there.iterdir()} if there.is_dir() else set()
        return names == set(files) and all(self.read(folder, name) == content for name, content in files.items())

    def _fill(self, beside: Path, files: Mapping[str, bytes], *, last: str) -> None:
        for name in sorted(files, key=lambda name: (name == last, name)):
            with (beside / name).open("wb") as file:
                file.write(files[name])
                file.flush()
                os.fsync(file.fileno())
        beside.chmod(0o755)
        _sync(beside)

    def _swap(self, beside: Path, folder: str) -> None:
        """A rename cannot replace a full folder, so the old one steps aside first."""
        there = self._path / folder
        if there.exists():
            there.rename(tempfile.mkdtemp(prefix=f".{folder}~", dir=self._path))
        beside.rename(there)
        _sync(self._path)

    def _sweep(self, folder: str) -> None:
        for left in self._path.glob(f".{folder}~*"):
            shutil.rmtree(left, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Make the names in a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
