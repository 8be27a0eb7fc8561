"""The output condition of a frozen batch: the profile it was released with, found by its hash."""

from collections.abc import Mapping

from configurator.artwork.condition import Condition, free_condition
from configurator.errors import Conflict
from configurator.export.frozen import FrozenBatch

Profiles = Mapping[str, bytes]
"""SHA-256 -> ICC profile: every one that lies beside shop.toml."""


class ProfileGone(Conflict):
    """The profile that a batch was released with is not there any more."""

    def __init__(self, batch: FrozenBatch) -> None:
        super().__init__(
            f"{batch.number} was released for “{batch.condition}”, whose profile no longer lies beside shop.toml. "
            "Put that file back and export again: another profile would print other colours."
        )


def condition_of(batch: FrozenBatch, profiles: Profiles) -> Condition:
    """What the batch's print files are made for. Raises ProfileGone."""
    spots = dict(batch.spots)
    if not batch.profile:
        free = free_condition()
        return Condition(free.name, free.profile, batch.total_ink, spots)
    if batch.profile not in profiles:
        raise ProfileGone(batch)
    return Condition(batch.condition, profiles[batch.profile], batch.total_ink, spots)
