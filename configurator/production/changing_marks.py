"""Changing the registration marks of a facility's work centres: kept like its machines, for sheets released later."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue
from configurator.blanks.marks import Marks, contradictions
from configurator.blanks.shop import WorkCentre
from configurator.errors import Invalid
from configurator.jobs.contract import Jobs
from configurator.production.causes import Cause, tell
from configurator.production.facility_data import plain_facility
from configurator.production.premises import as_kept
from configurator.production.shop_records import Change, write_record


class ImpossibleMarks(Invalid):
    """Marks that contradict themselves."""

    def __init__(self, label: str, sentence: str) -> None:
        super().__init__(f"The marks of “{label}”: {sentence}")


class MarksBeyondMargin(Invalid):
    """A sheet's margin has no room for them."""

    def __init__(self, label: str, reach: float, blank: str, margin: float) -> None:
        super().__init__(
            f"The marks of “{label}” would reach {reach:g} mm into a sheet, with the millimetre kept free around them, "
            f"but sheets of “{blank}” have a margin of {margin:g} mm. Make them smaller or put them nearer to the "
            "edge, or give the sheet a wider margin in blank.toml."
        )


def keep_marks(
    session: Session, change: Change, wanted: Mapping[str, Marks | None], *, catalogue: Catalogue, jobs: Jobs
) -> None:
    """The marks of a facility's work centres by key; None: none; one not named keeps its own.

    Raises ImpossibleMarks, MarksBeyondMargin, ChangedMeanwhile.
    """
    now = as_kept(session, catalogue, change.now)
    facility = now.shop.facility(change.facility)
    centres = {key: replace(centre, marks=wanted.get(key, centre.marks)) for key, centre in facility.centres.items()}
    for centre in centres.values():
        _check(centre, now)
    write_record(session, f"facility:{facility.key}", change, plain_facility(replace(facility, centres=centres)))
    told = Cause("machines", facility.key, f"{change.who} changed the registration marks of {facility.name}")
    tell(session, told, jobs=jobs, now=change.now)


def _check(centre: WorkCentre, catalogue: Catalogue) -> None:
    if centre.marks is None:
        return
    wrong = next(contradictions(centre.marks), None)
    if wrong:
        raise ImpossibleMarks(centre.label, wrong[1])
    for blank in catalogue.blanks.values():
        margin = _margin(blank, centre.key)
        if margin is not None and margin < centre.marks.reach_mm:
            raise MarksBeyondMargin(centre.label, centre.marks.reach_mm, blank.name, margin)


def _margin(blank: Blank, centre: str) -> float | None:
    """The narrowest margin of a sheet that is cut by its marks at this work centre; None: there is none such."""
    if all(area.cut == "none" for area in blank.areas) or all(step.at != centre for step in blank.operations):
        return None
    return min((step.sheet.margin_mm for step in blank.operations if step.sheet), default=None)
