"""What can only be checked once all blanks are read: changeovers between their families, barcodes."""

from collections.abc import Mapping

from configurator.blanks.blank import Blank
from configurator.blanks.draft import filled
from configurator.blanks.faults import nearest
from configurator.blanks.sheet import Sheet
from configurator.blanks.table import Table


def check_together(shop: Table, blanks: Mapping[str, Blank], sheets: Mapping[str, Sheet]) -> None:
    """Notes mistakes between the blanks, and between them and shop.toml."""
    if all(sheet.content for sheet in sheets.values()):  # families of a blank that is no TOML are not known
        _check_changeovers(shop, blanks)
    _check_barcodes(blanks, sheets)


def _check_changeovers(shop: Table, blanks: Mapping[str, Blank]) -> None:
    families = {
        family
        for blank in blanks.values()
        for operation in blank.operations
        for family in filled(operation.family, blank.model)
    }
    for entry in shop.tables("changeover"):
        for key in ("from", "to"):
            family = entry.content.get(key)
            if families and isinstance(family, str) and family not in families:
                entry.fault(key, f"“{family}” is no setup family of any blank.{nearest(family, families)}")
    for entry in shop.tables("setup_table"):
        pattern, values = entry.content.get("families"), entry.content.get("values")
        for value in values if isinstance(pattern, str) and isinstance(values, list) else ():
            family = str(pattern).replace("*", str(value))
            if families and family not in families:
                entry.fault("values", f"“{family}” is no setup family of any blank.{nearest(family, families)}")


def _check_barcodes(blanks: Mapping[str, Blank], sheets: Mapping[str, Sheet]) -> None:
    first: dict[str, str] = {}
    for key, blank in blanks.items():
        other = first.setdefault(blank.barcode, key)
        if other != key and blank.barcode:
            sheets[key].fault(("barcode",), f"The barcode {blank.barcode} is also that of {other}.")
