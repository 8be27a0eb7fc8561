"""Whether a cart comes together or as it is ready: both with their days, said for a parcel or a pick-up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from configurator.orders.checkout import Leaves
from configurator.orders.leaving import AS_READY, TOGETHER
from configurator.orders.quoting import QuotedCart
from configurator.web.date_choices import Place

MOST_TOLD = 4


@dataclass(frozen=True, slots=True)
class LeavingChoice:
    """One of the two. days: what comes by when, in the order of days: (titles, day)."""

    key: Leaves
    label: str
    days: tuple[tuple[str, date], ...]
    note: str
    chosen: bool


def leaving_choices(
    cart: QuotedCart, days: Mapping[int, date], place: Place, chosen: Leaves
) -> tuple[LeavingChoice, ...]:
    """Both ways; `days`: line id -> the day that is promised for it alone."""
    last = max(days.values())
    parcel = place.fulfilment == "ship"
    return (
        LeavingChoice(
            TOGETHER,
            "Everything at once" if parcel else "Tell me when all is ready",
            (("", last),),
            "Nothing leaves before the last piece is made." if parcel else "You come once.",
            chosen == TOGETHER,
        ),
        LeavingChoice(
            AS_READY,
            "Send what is ready" if parcel else "Tell me as soon as something is ready",
            _by_day(cart, days),
            _as_ready_note(cart, parcel=parcel),
            chosen == AS_READY,
        ),
    )


def _as_ready_note(cart: QuotedCart, *, parcel: bool) -> str:
    if parcel:
        paid = "Shipping is paid once" if cart.totals.shipping else "Shipping stays free"
        return f"{paid}, however many parcels it takes."
    return "You can come for each part. At the counter you pay for everything when you fetch the first."


def _by_day(cart: QuotedCart, days: Mapping[int, date]) -> tuple[tuple[str, date], ...]:
    titles: dict[date, dict[str, None]] = {}
    for line in cart.lines:
        if line.line.id in days:
            titles.setdefault(days[line.line.id], {})[line.line.title] = None
    if len(titles) == 1:
        return (("", next(iter(titles))),)
    return tuple((_told(list(titles[day])), day) for day in sorted(titles))


def _told(titles: Sequence[str]) -> str:
    """Of many the first, and how many others there are."""
    if len(titles) <= MOST_TOLD + 1:
        return ", ".join(titles)
    return f"{', '.join(titles[:MOST_TOLD])} and {len(titles) - MOST_TOLD} more"
