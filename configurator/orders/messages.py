"""Mails to customers: plain text and pictures of the pieces, written from the frozen order, sent by a durable job."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlmodel import Session

from configurator.artwork.pictured import NotDrawn, jpeg
from configurator.blanks.shop import Shop
from configurator.clock import Clock
from configurator.database import Database
from configurator.errors import Invalid
from configurator.jobs.contract import Finish, Handler
from configurator.money import Currency
from configurator.orders.design_store import picture_of
from configurator.orders.due import arrival
from configurator.orders.events import DAY_STAYS, LATER, REMADE, SENT
from configurator.orders.mail_pictures import MOST_PICTURES, WIDE, pictured, with_pictures
from configurator.orders.order_store import WholeOrder, about_line, about_parcel, about_pieces, order_of, whole_order
from configurator.orders.payment import transfer
from configurator.orders.posting import Post


@dataclass(frozen=True)
class Sender:
    """Who writes, and where the order pages are: `order_page` makes an address of an order's token."""

    shop: Shop
    mail_from: str
    order_page: Callable[[str], str]


class NoSuchNotice(Invalid):
    """A message job names a notice there is none of."""

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no message “{what}”. Known are: {', '.join(sorted(_NOTICES))}.")


def message_handler(database: Database, sender: Sender, post: Post, clock: Clock) -> Handler:
    """The handler of `message` jobs: renders the notice of an order and hands it to the post, dated now.

    The message's id comes from the job, so that sending it twice is one message to whoever files by id.
    """

    def send(args: Mapping[str, Any]) -> Finish | None:
        with database.read() as session:
            # Of two parts that wait to be told each mail tells its own.
            whole = about_pieces(_whole(session, int(args["order"])), args.get("pieces", ()))
            pictures = _pictures(session, whole, str(args["what"]))
        if whole.order.email and not _overtaken(whole, str(args["what"])):
            mail = message(whole, str(args["what"]), sender, again=str(args.get("again", "")), pictures=pictures)
            mail["Date"] = format_datetime(clock.now().astimezone(ZoneInfo(sender.shop.timezone)))
            post.send(mail)
        return None

    return send


def message(
    whole: WholeOrder, what: str, sender: Sender, *, again: str = "", pictures: Mapping[str, bytes] | None = None
) -> EmailMessage:
    """The mail of a notice: confirmation, ready, part, sent, cancelled, changed, remade or later. Raises NoSuchNotice.

    pictures: design hash -> JPEG of its pieces, for the HTML beside the text; without any it is plain text alone.
    """
    if what not in _NOTICES:
        raise NoSuchNotice(what)
    subject, body = _NOTICES[what]
    order, shop = whole.order, sender.shop
    mail = EmailMessage()
    mail["Subject"] = subject(whole, shop)
    mail["From"] = Address(shop.name, addr_spec=sender.mail_from)
    mail["To"] = Address(order.name, addr_spec=_ascii(order.email))
    mail["Reply-To"] = shop.email
    mail["Message-ID"] = f"<{_id(order.number, what, again)}@{sender.mail_from.rpartition('@')[2] or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    paragraphs = [f"Hello {order.name},", *body(_about(whole, what, again), shop), *_foot(whole, sender)]
    mail.set_content("\n\n".join(paragraphs) + "\n")
    if pictures:
        with_pictures(mail, paragraphs, pictured(whole, what, again), pictures)
    return mail


def _pictures(session: Session, whole: WholeOrder, what: str) -> Mapping[str, bytes]:
    """The designs of an order as JPEG; none where nothing is made, and without those that cannot be drawn."""
    hashes = list(dict.fromkeys(line.design_hash for line in whole.lines))[:MOST_PICTURES]
    if what == "cancelled" or not whole.order.email:
        return {}
    found = {}
    for design in hashes:
        with suppress(NotDrawn):
            found[design] = jpeg(picture_of(session, design), WIDE)
    return found


def _overtaken(whole: WholeOrder, what: str) -> bool:
    """Whoever has everything before the mail left needs no mail that it waits for them or for the carrier; of a part
    nobody needs to read once all of it is ready, or the part is on its way: another mail says so."""
    gone = all(piece.stage == "handed_over" for piece in whole.pieces)
    if what == "part":
        return gone or whole.order.ready_at is not None or not whole.lying
    return what == "ready" and gone


def _about(whole: WholeOrder, what: str, again: str) -> WholeOrder:
    """The same with what the notice is about: one line's day, one parcel."""
    if what == "later" and again.isdecimal():
        return about_line(whole, int(again))
    return about_parcel(whole, again) if what == "sent" else whole


def _whole(session: Session, order_id: int) -> WholeOrder:
    return whole_order(session, order_of(session, order_id))


def _confirmation(whole: WholeOrder, shop: Shop) -> list[str]:
    return [
        f"Thank you for your order {whole.order.number}.",
        _list(whole, shop),
        _promise(whole, shop),
        _pay(whole, shop),
    ]


def _ready(whole: WholeOrder, shop: Shop) -> list[str]:
    order, one = whole.order, len(whole.pieces) == 1
    what = "Your" if one else "The last pieces of your" if whole.has_left else "All pieces of your"
    made = f"{what} order {order.number} {'is' if one else 'are'} made and checked."
    if order.fulfilment == "ship":
        return [f"{made} Next {'it is' if one else 'they are'} packed and sent. We write when the parcel has left."]
    return [f"{made} {'It waits' if one else 'They wait'} for you.", _where(whole, shop)]


def _part(whole: WholeOrder, shop: Shop) -> list[str]:
    """What lies ready now; it may have left while the mail was under way."""
    order, lying = whole.order, Counter(piece.title for piece in whole.lying)
    told = [f"A part of your order {order.number} is made and checked; the rest follows as it is ready."]
    if lying:
        told.append("\n".join(f"{count} × {title}" for title, count in lying.items()))
    if order.fulfilment == "ship":
        return [*told, "It goes out as a parcel next."]
    return [*told, "It waits for you.", _where(whole, shop)]


def _sent(whole: WholeOrder, shop: Shop) -> list[str]:
    """What the order's page says of this parcel, where it goes and when it should be there."""
    order, left = whole.order, next((event for event in whole.events if event.kind == SENT), None)
    told = left.sentence if left else "Your parcel is on its way."
    about = f"About your order {order.number}: {told[0].lower()}{told[1:]}"
    if any(piece.stage != "handed_over" for piece in whole.pieces):
        about += " The rest follows as it is ready."
    to = (order.name, order.company, order.street, f"{order.postcode} {order.town}")
    paragraphs = [about, "\n".join(["It goes to:", *filter(None, to)])]
    if left:
        day = left.at.astimezone(ZoneInfo(shop.timezone)).date()
        paragraphs.append(f"It should be with you on {_day(arrival(day, shop.shipping.days), shop)}.")
    return paragraphs


def _cancelled(whole: WholeOrder, shop: Shop) -> list[str]:
    told = [f"Your order {whole.order.number} is cancelled. Nothing of it is made."]
    if whole.paid:
        told.append(f"You get {Currency(whole.order.currency, shop.locale).written(whole.paid)} back.")
    return told


def _changed(whole: WholeOrder, shop: Shop) -> list[str]:
    told = [f"Your order {whole.order.number} is changed. It is now:", _list(whole, shop), _promise(whole, shop)]
    if whole.outstanding < 0:
        told.append(f"You get {Currency(whole.order.currency, shop.locale).written(-whole.outstanding)} back.")
    return told


def _remade(whole: WholeOrder, shop: Shop) -> list[str]:
    """What the order's page says too, word for word; as long as no day is known, that it follows."""
    kinds = (REMADE, DAY_STAYS, LATER)
    newest = next((event for event in whole.events if event.kind in kinds), None)
    told = [newest.sentence] if newest else []
    if newest is None or newest.kind == REMADE:
        told.append("We write to you as soon as we know the day.")
    elif newest.kind == LATER:
        told.append("We are sorry. If that is too late for you, answer this mail.")
    where = [] if whole.order.fulfilment == "ship" else [_where(whole, shop)]
    intro = f"One piece of your order {whole.order.number} did not come out as it should. We are making it again, "
    return [f"{intro}at no cost.", *told, *where]


def _later(whole: WholeOrder, _: Shop) -> list[str]:
    """What the order's page says too, word for word."""
    told = next((event.sentence for event in whole.events if event.kind == LATER), "It takes longer than promised.")
    return [
        f"About your order {whole.order.number}: {told}",
        "We are sorry. If that is too late for you, answer this mail.",
    ]


_NOTICES: dict[str, tuple[Callable[[WholeOrder, Shop], str], Callable[[WholeOrder, Shop], list[str]]]] = {
    "confirmation": (lambda whole, shop: f"Your order {whole.order.number} at {shop.name}", _confirmation),
    "ready": (lambda whole, _: f"Your order {whole.order.number} is {_finished(whole)}", _ready),
    "part": (lambda whole, _: f"A part of your order {whole.order.number} is ready", _part),
    "sent": (lambda whole, _: f"{_parcel(whole)} order {whole.order.number} is on its way", _sent),
    "cancelled": (lambda whole, _: f"Your order {whole.order.number} is cancelled", _cancelled),
    "changed": (lambda whole, _: f"Your order {whole.order.number} is changed", _changed),
    "remade": (lambda whole, _: f"Your order {whole.order.number}: one piece is made again", _remade),
    "later": (lambda whole, _: f"Your order {whole.order.number} takes longer", _later),
}


def _finished(whole: WholeOrder) -> str:
    """Ready is what can be fetched."""
    return "made" if whole.order.fulfilment == "ship" else "ready"


def _parcel(whole: WholeOrder) -> str:
    return "Your" if whole.order.leaves == "together" else "A parcel of your"


def _list(whole: WholeOrder, shop: Shop) -> str:
    written, order = Currency(whole.order.currency, shop.locale).written, whole.order
    rows = [f"{line.quantity} × {line.title}, {line.summary}: {written(line.total)}" for line in whole.lines]
    if order.shipping:
        rows.append(f"{shop.shipping.label}: {written(order.shipping)}")
    return "\n".join([*rows, f"Total: {written(order.total)}, VAT of {written(order.vat)} included"])


def _promise(whole: WholeOrder, shop: Shop) -> str:
    if len({line.promised_on for line in whole.lines}) > 1:
        return _promises(whole, shop)
    day = _day(whole.order.promised_on, shop)
    if whole.order.leaves == "as_ready":
        what = "is sent" if whole.order.fulfilment == "ship" else "waits for you"
        where = "" if whole.order.fulfilment == "ship" else f"\n{_where(whole, shop)}"
        return f"Each piece {what} as soon as it is ready; all of it {_by(whole)} {day} at the latest.{where}"
    if whole.order.fulfilment == "ship":
        return f"The parcel reaches you on {day}."
    return f"Ready on {day}.\n{_where(whole, shop)}"


def _promises(whole: WholeOrder, shop: Shop) -> str:
    """A day a line, as promised."""
    days = [f"{line.title}: {_by(whole)} {_day(line.promised_on, shop)}" for line in whole.lines]
    if whole.order.fulfilment == "ship":
        return "\n".join(["What is ready is sent at once; shipping is paid once.", *days])
    return "\n".join(["We write as soon as something is ready.", *days, _where(whole, shop)])


def _by(whole: WholeOrder) -> str:
    return "with you by" if whole.order.fulfilment == "ship" else "ready by"


def _where(whole: WholeOrder, shop: Shop) -> str:
    store = shop.facility(whole.order.facility)
    return (
        f"Pick it up at {store.name}, {store.street}, {store.postcode} {store.town}.\n"
        f"Your pickup code: {whole.order.pickup_code}"
    )


def _pay(whole: WholeOrder, shop: Shop) -> str:
    if whole.outstanding <= 0:
        return "It is paid."
    if whole.order.payment_method == "till":
        return "You pay when you pick it up."
    return transfer(whole.order.number, shop.account)


def _foot(whole: WholeOrder, sender: Sender) -> list[str]:
    page = sender.order_page(whole.order.token)
    shop = sender.shop
    told = "To order it again" if whole.order.status == "cancelled" else "Every piece, where it is now"
    return [f"{told}: {page}", f"{shop.legal_name}\n{shop.address}\n{shop.email}"]


def _day(day: date, shop: Shop) -> str:
    return format_date(day, "EEEE d MMMM", locale=shop.locale)


def _ascii(email: str) -> str:
    """Mail addresses travel with their domain in ASCII (IDNA)."""
    local, _, domain = email.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"


def _id(number: str, what: str, again: str) -> str:
    return ".".join(part for part in (number, what, *again.replace(":", "-").split()) if part).lower()
