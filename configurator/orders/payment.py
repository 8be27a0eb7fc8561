"""Payments: what a provider is, paying at the till or by invoice, and money received exactly once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa
from sqlmodel import Session, col, select

from configurator.errors import Conflict, Invalid, NotFound
from configurator.money import Currency
from configurator.orders.events import Happening, happened
from configurator.orders.rows import Order, Payment


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay, as a customer chooses it."""

    key: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What a customer does after ordering: go to the provider's page (`address`), or nothing but read on."""

    sentence: str
    address: str | None = None


class PaymentProvider(Protocol):
    """Someone who takes money for the shop. `key` passed to `begin` makes a repeated call the same payment."""

    name: str

    def methods(self, fulfilment: str) -> tuple[Method, ...]:
        """The ways to pay for an order handed over in this way."""

    def begin(self, order: Order, *, key: str) -> NextStep:
        """Start the payment of a placed order."""


def transfer(number: str, account: str) -> str:
    """What a customer does who pays the order of this number by invoice."""
    return (
        f"Please transfer the amount within 14 days{f' to {account}' if account else ''} and name the order {number}."
    )


class CounterProvider:
    """The provider every shop has: pay at the till, or by invoice, to the shop's account."""

    name = "counter"
    _till = Method("till", "At the counter", "Cash or card when you pick it up.")
    _invoice = Method("invoice", "By invoice", "By bank transfer within 14 days.")

    def __init__(self, account: str = "") -> None:
        self.account = account

    def methods(self, fulfilment: str) -> tuple[Method, ...]:
        """A parcel cannot be paid at the till."""
        return {"ship": (self._invoice,), "counter": (self._till,)}.get(fulfilment, (self._till, self._invoice))

    def begin(self, order: Order, *, key: str) -> NextStep:
        """Nothing to do online."""
        del key
        if order.payment_method == "till":
            return NextStep("You pay when you pick it up.")
        return NextStep(transfer(order.number, self.account))


@dataclass(frozen=True, slots=True)
class Taken:
    """Money somebody received, minor units; negative: given back. `key` comes with the form that books it."""

    provider: str
    method: str
    amount: int
    key: str
    clerk_id: int | None = None
    who: str = ""
    note: str = ""


class NothingToPay(Conflict):
    """More was to be taken than is outstanding, or more given back than was paid too much."""

    def __init__(self, outstanding: int, currency: Currency) -> None:
        if outstanding == 0:
            super().__init__("This order is paid in full. Nothing was booked.")
        elif outstanding > 0:
            super().__init__(f"Only {currency.written(outstanding)} is still to pay. Nothing was booked.")
        else:
            super().__init__(f"The customer gets {currency.written(-outstanding)} back. Nothing was booked.")


class KeyUsedOtherwise(Conflict):
    """The same key came with another order or amount."""

    def __init__(self) -> None:
        super().__init__(
            "This form has been used for another payment. Open the order again and take the payment there."
        )


class NoAmount(Invalid):
    """A payment of nothing."""

    def __init__(self) -> None:
        super().__init__("Write the amount you have received.", fields={"amount": "Write the amount received."})


class NoSuchOrder(NotFound):
    """There is no such order."""

    def __init__(self) -> None:
        super().__init__("There is no such order. Check the number and try again.")


def take_payment(session: Session, order_id: int, taken: Taken, *, now: datetime) -> Payment:
    """Book money received or given back, once per key; the same key again gives the same payment.

    Raises NothingToPay (a second clerk was quicker, or a slip of the finger), KeyUsedOtherwise, NoAmount.
    """
    if taken.amount == 0:
        raise NoAmount
    order = locked_order(session, order_id)
    known = session.exec(select(Payment).where(col(Payment.key) == taken.key)).one_or_none()
    if known is not None:
        return _the_same(known, order_id, taken)
    _check_amount(order, taken.amount, outstanding(session, order))
    payment = Payment(
        order_id=order_id,
        provider=taken.provider,
        method=taken.method,
        amount=taken.amount,
        key=taken.key,
        received_at=now,
        clerk_id=taken.clerk_id,
        note=taken.note,
    )
    session.add(payment)
    happened(session, order_id, Happening("paid", _sentence(order, taken), taken.who), now=now)
    session.flush()
    return payment


def paid(session: Session, order_id: int) -> int:
    """What has been received for an order less what was given back, minor units."""
    total = sa.select(sa.func.coalesce(sa.func.sum(col(Payment.amount)), 0)).where(col(Payment.order_id) == order_id)
    return int(session.execute(total).scalar_one())


def outstanding(session: Session, order: Order) -> int:
    """What is still to pay; negative: what the customer gets back. A cancelled order costs nothing."""
    owed = 0 if order.status == "cancelled" else order.total
    return owed - paid(session, order.id or 0)


def locked_order(session: Session, order_id: int) -> Order:
    """The order, which nobody else changes until the transaction ends; raises NoSuchOrder."""
    statement = select(Order).where(col(Order.id) == order_id).with_for_update()
    order = session.exec(statement, execution_options={"populate_existing": True}).one_or_none()
    if order is None:
        raise NoSuchOrder
    return order


def _check_amount(order: Order, amount: int, open_amount: int) -> None:
    too_much = amount > open_amount if amount > 0 else amount < open_amount
    if too_much:
        raise NothingToPay(open_amount, Currency(order.currency))


def _the_same(known: Payment, order_id: int, taken: Taken) -> Payment:
    if known.order_id != order_id or known.amount != taken.amount:
        raise KeyUsedOtherwise
    return known


def _sentence(order: Order, taken: Taken) -> str:
    amount = Currency(order.currency).written(abs(taken.amount))
    how = {"cash": " in cash", "card": " by card", "invoice": " by bank transfer"}.get(taken.method, "")
    return f"{amount} paid{how}." if taken.amount > 0 else f"{amount} given back{how}."
