"""Small values that are made by the dozen for every letter typed."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def value(made: type[T]) -> type[T]:
    """A dataclass of which mypy sees that nobody changes it; to guard it while it runs takes four times as long."""
    return dataclass(slots=True, unsafe_hash=True)(made)
