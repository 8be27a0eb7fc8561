"""Where packages go: a local folder or S3-compatible storage; whole or not at all, and the manifest last."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import unquote, urlparse

from obstore.exceptions import BaseError

from configurator.errors import Invalid, NotFound, Unavailable, first_line
from configurator.export.delivery_bucket import Bucket
from configurator.export.delivery_folder import Folder

MANIFEST = "manifest.json"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ADVICE = "EXPORT_URL is “{}”: write file:///folder or s3://bucket/prefix."
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip file can hold: a package's bytes do not depend on when it was made."""


class NoSuchPackage(NotFound):
    """There is no complete package of that name."""


class NoSuchFile(NotFound):
    """The package has no file of that name."""


class BadName(Invalid):
    """A package or file name that no destination should be asked to hold."""


class DestinationUnreachable(Unavailable):
    """The destination did not answer, or refused: disk full, network, rights."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(
            f"Packages cannot be written or read just now: {first_line(cause)}. Nothing was lost; try again."
        )


class BadDestination(Invalid):
    """The url of the destination cannot be used."""


class File(NamedTuple):
    """One file of a package: name, length in bytes, SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


class Place(Protocol):
    """What a destination can do. Folder names and file names are plain."""

    def replace(self, folder: str, files: Mapping[str, bytes], *, last: str) -> None:
        """Make the folder hold exactly these files; `last` appears when all others are there."""

    def read(self, folder: str, name: str) -> bytes | None:
        """A file's content, or None when it is not there."""


class Delivery:
    """Packages at a destination: file:///absolute/folder, a plain path, or s3://bucket/prefix.

    For S3 the usual variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL count.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self._place = _place(url)
        except (BaseError, ValueError) as error:
            raise BadDestination(_ADVICE.format(url)) from error

    def write(self, folder: str, files: Mapping[str, bytes]) -> None:
        """Put a package there, replacing whatever is under its name. `files` must hold the manifest.

        Raises BadName, DestinationUnreachable. Interrupted at any moment it leaves the package as it was
        before, or nothing that `files` would take for complete; repeated it ends with the same bytes.
        """
        for name in (folder, *files):
            _checked(name)
        try:
            self._place.replace(folder, files, last=MANIFEST)
        except (BaseError, OSError) as error:
            raise DestinationUnreachable(error) from error

    def files(self, folder: str) -> tuple[File, ...]:
        """The files of a complete package, manifest last. Raises NoSuchPackage."""
        manifest = self._content(_checked(folder), MANIFEST)
        if manifest is None:
            raise NoSuchPackage(f"There is no finished package {folder}. Export the batch again.")
        listed = [File(each["name"], each["size"], each["sha256"]) for each in json.loads(manifest)["files"]]
        return (*listed, File(MANIFEST, len(manifest), hashlib.sha256(manifest).hexdigest()))

    def read(self, folder: str, name: str) -> bytes:
        """A file of a package. Raises NoSuchPackage, NoSuchFile."""
        if not any(file.name == name for file in self.files(folder)):
            raise NoSuchFile(f"The package {folder} has no file {name}.")
        content = self._content(folder, name)
        if content is None:
            raise NoSuchFile(f"{name} is missing from the package {folder}. Export the batch again.")
        return content

    def zip(self, folder: str) -> bytes:
        """The whole package as one zip file: in the manifest's order, the same bytes every time."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, *_ in self.files(folder):
                entry = zipfile.ZipInfo(f"{folder}/{name}", _ZIP_MOMENT)
                entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
                archive.writestr(entry, self.read(folder, name))
        return file.getvalue()

    def _content(self, folder: str, name: str) -> bytes | None:
        try:
            return self._place.read(folder, name)
        except (BaseError, OSError) as error:
            raise DestinationUnreachable(error) from error


def _checked(name: str) -> str:
    if not _SAFE.fullmatch(name):
        raise BadName(f"“{name}” is no name for a package file: letters, digits, dots and dashes only.")
    return name


def _place(url: str) -> Place:
    parts = urlparse(url)
    if parts.scheme in ("s3", "s3a"):
        return Bucket(url)
    if parts.scheme == "file":
        return Folder(Path(unquote(parts.path)))
    if not parts.scheme and url:
        return Folder(Path(url))
    raise BadDestination(_ADVICE.format(url))
