"""The checkout form: names in any script pass word for word, and what is missing is said with what to do."""

import pytest

from configurator.orders.checkout import Seen, SeenLine, address_faults, customer_of, faults, read_seen, seen_written
from configurator.orders.payment import CounterProvider
from tests.builders import ZOE, a_shop

FORM = {
    "fulfilment": "ship",
    "name": ZOE,
    "email": "zoe@example.com",
    "street": "Osterdeich 41",
    "postcode": "28203",
    "town": "Bremen",
    "payment": "invoice",
    "rights": "yes",
}


def found(**changes: str) -> dict[str, str]:
    return dict(faults({**FORM, **changes}, a_shop(), CounterProvider()))


def test_a_complete_form_has_no_faults() -> None:
    assert found() == {}


@pytest.mark.parametrize(
    "name", [ZOE, "O'Brien-Ñandú", "'; drop table customer_order;--", "{{ 7*7 }}", "李小龍", "नेहा", "إيمان", "🎉"]
)
def test_names_in_any_script_are_kept_word_for_word(name: str) -> None:
    assert found(name=name) == {}
    assert customer_of({**FORM, "name": f"  {name} "}, a_shop()).name == name


def test_a_street_without_house_number_says_who_needs_it() -> None:
    assert found(street="Osterdeich") == {"street": "Add the house number, the parcel service needs it."}
    assert found(street="शांति पथ ४१") == {}


@pytest.mark.parametrize("field", ["name", "email", "street", "postcode", "town"])
def test_a_parcel_needs_a_whole_address(field: str) -> None:
    assert list(found(**{field: "  "})) == [field]
    assert found(**{field: ""})[field].startswith("Write ")


def test_who_picks_up_needs_no_address_but_a_store() -> None:
    nowhere = {"street": "", "postcode": "", "town": "", "fulfilment": "pickup", "payment": "till"}
    assert found(**nowhere, facility="store") == {}
    assert found(**nowhere, facility="plant") == {"facility": "Choose the store where you pick it up."}


def test_who_waits_at_the_counter_needs_no_mail_address() -> None:
    assert found(fulfilment="counter", facility="store", email="", payment="till") == {}


@pytest.mark.parametrize(
    "email",
    [
        "zoe",
        "zoe@",
        "@example.com",
        "zoe@example",
        "a b@example.com",
        "a@b.com\nBcc: x@y.com",
        "a..b@example.com",
        "<a@b.com>",
    ],
)
def test_what_is_no_mail_address_is_told_with_an_example(email: str) -> None:
    assert list(found(email=email)) == ["email"]
    assert "\n" in email or "name@example.com" in found(email=email)["email"]


def test_a_mail_address_of_an_international_domain_is_taken() -> None:
    assert found(email="zoë@exämple.de") != {}
    assert found(email="zoe@exämple.de") == {}


@pytest.mark.parametrize("field", ["name", "company", "street", "town"])
def test_too_long_says_by_how_much(field: str) -> None:
    assert "it has 5001" in found(**{field: "1" * 5001})[field]


@pytest.mark.parametrize("field", ["name", "company", "street", "postcode", "town"])
def test_line_breaks_cannot_be_smuggled_into_labels_and_mails(field: str) -> None:
    assert "line breaks" in found(**{field: "a 1\r\nX"})[field]


def test_a_parcel_cannot_be_paid_at_the_till() -> None:
    assert found(payment="till") == {"payment": "Choose how you pay: By invoice."}


def test_rights_are_declared_before_ordering_not_after() -> None:
    assert list(found(rights="")) == ["rights"]


def test_an_address_alone_is_checked_the_same_way() -> None:
    assert address_faults({**FORM, "street": "Osterdeich"}) == {
        "street": "Add the house number, the parcel service needs it."
    }


def test_what_was_seen_survives_the_form_and_what_was_tampered_with_matches_nothing() -> None:
    seen = Seen((SeenLine(1, "ab" * 32, 3, 4470), SeenLine(2, "cd" * 32, 1, 990)), 490, 5950)
    assert read_seen(seen_written(seen)) == seen
    assert read_seen("nonsense") == read_seen("1:2;;") == Seen((), -1, -1)
