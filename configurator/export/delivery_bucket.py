"""S3-compatible storage as destination: the manifest is put last, so what has one is whole."""

from collections.abc import Mapping

import obstore
from obstore.store import from_url


class Bucket:
    """Packages as prefixes of a bucket."""

    def __init__(self, url: str) -> None:
        self._store = from_url(url)

    def replace(self, folder: str, files: Mapping[str, bytes], *, last: str) -> None:
        """Make the prefix hold exactly these files. An old manifest goes first: half a package has none."""
        if self._holds(folder, files):
            return
        listed = [each["path"] for page in obstore.list(self._store, prefix=f"{folder}/") for each in page]
        if f"{folder}/{last}" in listed:
            obstore.delete(self._store, f"{folder}/{last}")
        for path in listed:
            if path.removeprefix(f"{folder}/") not in files:
                obstore.delete(self._store, path)
        for name in sorted(files, key=lambda name: (name == last, name)):
            obstore.put(self._store, f"{folder}/{name}", files[name])

    def read(self, folder: str, name: str) -> bytes | None:
        """A file's content, or None when it is not there."""
        try:
            return bytes(obstore.get(self._store, f"{folder}/{name}").bytes())
        except FileNotFoundError:
            return None

    def _holds(self, folder: str, files: Mapping[str, bytes]) -> bool:
        return all(self.read(folder, name) == content for name, content in files.items())
