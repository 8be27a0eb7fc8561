"""What the costs pages send, read: how the shop reckons, by what a price is derived; refusals say what to write."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from configurator.blanks.shop import Costing
from configurator.errors import Invalid
from configurator.money import NoPrice, minor
from configurator.production.price_proposals import Asked

MOST_QUANTITIES = 8


class NotReadable(Invalid):
    """A field holds something else than it should."""

    def __init__(self, field: str, what: str, value: str, example: str) -> None:
        sentence = f"{what} is “{value}”. Write it like {example}."
        super().__init__(sentence, fields={field: sentence})


@dataclass(frozen=True, slots=True)
class Given:
    """The fields of a form or an address, by name; digits: of the shop's currency."""

    fields: Mapping[str, str]
    digits: int

    def whole(self, name: str, what: str, *, most: int) -> int:
        """A whole number from 0 to `most`. Raises NotReadable."""
        text = self.fields.get(name, "").strip().removesuffix("%").strip()
        if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) > most:
            raise NotReadable(name, what, text, f"a whole number up to {most}")
        return int(text)

    def money(self, name: str, what: str, *, least: int = 0) -> int:
        """An amount in minor units. Raises NotReadable."""
        text = self.fields.get(name, "").strip().replace(",", ".")
        try:
            amount = minor(text, self.digits)
        except NoPrice:
            amount = -1
        if not least <= amount < 10**8:
            raise NotReadable(name, what, text, "0.10")
        return amount


def costing_of(given: Given) -> Costing:
    """How the shop reckons. Raises NotReadable."""
    return Costing(
        order_cost=given.money("order_cost", "What an order costs"),
        margin=given.whole("margin", "The margin", most=95),
        round_to=given.money("round_to", "What prices are rounded up to", least=1),
        passed_on=given.whole("passed_on", "What is passed on", most=100),
    )


def asked_of(given: Given, start: Asked, *, most: int) -> Asked:
    """By what a price is to be derived; what the address does not say is as in `start`. Raises NotReadable."""
    fields = given.fields
    asked = start
    if "margin" in fields:
        asked = replace(asked, margin=given.whole("margin", "The margin", most=95))
    if "usual" in fields:
        asked = replace(asked, usual=max(1, given.whole("usual", "A usual batch", most=10_000)))
    if "quantities" in fields:
        asked = replace(asked, quantities=_quantities(fields["quantities"], start.quantities[0], most))
    return asked


def _quantities(text: str, least: int, most: int) -> tuple[int, ...]:
    words = re.findall(r"[^\s,;]+", text)
    wanted = {int(word) for word in words if re.fullmatch(r"[0-9]{1,6}", word)} | {least}
    wrong = [word for word in words if not re.fullmatch(r"[0-9]{1,6}", word)]
    if wrong or len(wanted) > MOST_QUANTITIES or not least <= min(wanted) or max(wanted) > most:
        what = f"The quantities (at most {MOST_QUANTITIES}, from {least} to {most} pieces)"
        raise NotReadable("quantities", what, text, "1, 6, 12, 25")
    return tuple(sorted(wanted))
