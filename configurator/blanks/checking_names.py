"""Components, operations and families: every name a blank uses is one the shop or the blank knows."""

from configurator.blanks.blank import Blank
from configurator.blanks.draft import Draft, check_pattern, filled
from configurator.blanks.faults import nearest


def check_names(draft: Draft, blank: Blank) -> None:
    """Looks up what could not be looked up while the options were not all read yet."""
    _check_components(draft, blank)
    _check_operations(draft, blank)
    _check_neighbours(draft, blank)
    for place, operation in enumerate(blank.operations):
        check_pattern(draft, ("operation", place, "family"), operation.family, blank.model)


def _check_components(draft: Draft, blank: Blank) -> None:
    known = draft.shop.components
    for path, pattern in draft.uses:
        if not check_pattern(draft, path, pattern, blank.model):
            continue
        missing = [component for component in filled(pattern, blank.model) if component not in known]
        if missing:
            draft.table.sheet.fault(path, f"“{missing[0]}” is no component of the shop.{nearest(missing[0], known)}")


def _check_operations(draft: Draft, blank: Blank) -> None:
    keys = {operation.key for operation in blank.operations if operation.key}
    for path, key in draft.adds:
        if key not in keys:
            draft.table.sheet.fault(path, f"“{key}” is the key of no operation.{nearest(key, keys)}")
    added = {key for _, key in draft.adds}
    for place, operation in enumerate(blank.operations):
        if operation.key and operation.key not in added:
            sentence = f"Nothing adds the operation “{operation.key}”; name it in a value's or an area's “adds”."
            draft.table.sheet.fault(("operation", place, "key"), sentence)


def _check_neighbours(draft: Draft, blank: Blank) -> None:
    """not_with names other areas of the blank."""
    for area in blank.areas:
        others = [other.key for other in blank.areas if other is not area]
        for key in area.not_with:
            if key not in others:
                path = ("area", area.key, "not_with")
                draft.table.sheet.fault(path, f"“{key}” is no other print area of this blank.{nearest(key, others)}")
