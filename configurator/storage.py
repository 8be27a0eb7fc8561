"""Blobs by content hash: a local folder or S3-compatible storage, by the same few words."""

import hashlib
import os
from pathlib import Path
from urllib.parse import unquote, urlparse

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from configurator.errors import Invalid, NotFound, Refusal, Unavailable, first_line


class BadStorage(Invalid):
    """The url of the storage cannot be used."""


class NoSuchBlob(NotFound):
    """Nothing was ever stored under this hash, or it was deleted by hand."""

    def __init__(self, digest: str) -> None:
        super().__init__(f"The storage has nothing called {digest}. Restore it from a backup of the storage.")


class DamagedBlob(Refusal):
    """What came back is not what was stored."""

    status = 500

    def __init__(self, digest: str) -> None:
        super().__init__(f"{digest} in the storage is damaged. Restore it from a backup of the storage.")


class StorageUnreachable(Unavailable):
    """The storage did not answer, or refused: disk full, network, rights."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(f"The storage cannot be used just now: {first_line(cause)}. Nothing was lost; try again.")


class Storage:
    """Bytes under the SHA-256 of themselves, so that storing twice is storing once and nothing is ever changed.

    url: file:///absolute/folder, or s3://bucket/prefix with the usual variables AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL.
    """

    def __init__(self, url: str) -> None:
        self._folder = Path(unquote(urlparse(url).path)) if url.startswith("file://") else None
        try:
            self._store: ObjectStore = _local(self._folder) if self._folder else from_url(url)
        except (BaseError, ValueError, OSError) as error:
            raise BadStorage(f"STORAGE_URL cannot be used: {error}. Write file:///folder or s3://bucket.") from error

    def put(self, content: bytes) -> str:
        """Store bytes for good; their SHA-256 in hexadecimal, by which they come back. Raises StorageUnreachable."""
        digest = hashlib.sha256(content).hexdigest()
        try:
            if not self._has(digest, len(content)):
                obstore.put(self._store, _path(digest), content)
                self._sync(digest)
        except (BaseError, OSError) as error:
            raise StorageUnreachable(error) from error
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of this hash. Raises NoSuchBlob, DamagedBlob, StorageUnreachable."""
        try:
            content = bytes(obstore.get(self._store, _path(digest)).bytes())
        except FileNotFoundError as error:
            raise NoSuchBlob(digest) from error
        except (BaseError, OSError) as error:
            raise StorageUnreachable(error) from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise DamagedBlob(digest)
        return content

    def delete(self, digest: str) -> None:
        """Forget the bytes of this hash; those that are gone already are no fault. Raises StorageUnreachable."""
        try:
            obstore.delete(self._store, _path(digest))
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise StorageUnreachable(error) from error

    def _has(self, digest: str, size: int) -> bool:
        """A shorter file of that name is what a power cut left; it is written again."""
        try:
            return obstore.head(self._store, _path(digest))["size"] == size
        except FileNotFoundError:
            return False

    def _sync(self, digest: str) -> None:
        """obstore renames a whole file into place, but does not wait for the disk."""
        if self._folder is None:
            return
        file = self._folder / _path(digest)
        for path in (file, file.parent):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _local(folder: Path) -> LocalStore:
    return LocalStore(folder, mkdir=True)


def _path(digest: str) -> str:
    """Two levels, because folders with a hundred thousand files are slow to list."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise NoSuchBlob(digest)
    return f"{digest[:2]}/{digest[2:4]}/{digest}"
