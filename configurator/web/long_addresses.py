"""Designs too long for an address: kept under their hash, which the address names instead."""

import re

from configurator.designs.permalink import LONG_ADDRESS
from configurator.errors import NotFound
from configurator.storage import NoSuchBlob, Storage, StorageUnreachable
from configurator.web.forms import Pairs, query_pairs

KEPT = "kept"
"""The field of an address that names what is kept."""
_MARK = b"a design as an address\n"
_HASH = re.compile(r"[0-9a-f]{64}")


class NoSuchAddress(NotFound):
    """Nothing is kept under this name."""

    def __init__(self) -> None:
        super().__init__("No design is kept under this address. Check that it is whole, or open the blank again.")


def short(query: str, storage: Storage, *, most: int = LONG_ADDRESS) -> str:
    """The query itself, or the name it is kept under when it is too long; kept for good, and only once.

    When the storage cannot be used just now the long one stays: nothing is lost, it is only long.
    """
    if len(query) <= most:
        return query
    try:
        return f"{KEPT}={storage.put(_MARK + query.encode())}"
    except StorageUnreachable:
        return query


def unfolded(pairs: Pairs, storage: Storage) -> Pairs:
    """The fields an address stands for: those kept under its name, then its own. Raises NoSuchAddress."""
    name = next((value for key, value in pairs if key == KEPT), None)
    if name is None:
        return pairs
    return (*_kept(name, storage), *(pair for pair in pairs if pair[0] != KEPT))


def _kept(name: str, storage: Storage) -> Pairs:
    if not _HASH.fullmatch(name):
        raise NoSuchAddress
    try:
        content = storage.get(name)
    except NoSuchBlob as error:
        raise NoSuchAddress from error
    if not content.startswith(_MARK):
        raise NoSuchAddress
    return query_pairs(content.removeprefix(_MARK).decode())
