"""What is kept by identity: made once of the very same things, anew of equal ones and of others."""

from configurator.artwork.known import Known


def test_the_very_same_things_are_worked_out_once_and_equal_ones_anew() -> None:
    known: Known[list[str]] = Known(8)
    one, equal = ["a"], ["a"]
    first = known.get((one,), 1, lambda: [*one])
    assert known.get((one,), 1, lambda: ["other"]) is first
    assert known.get((equal,), 1, lambda: ["other"]) == ["other"]
    assert known.get((one,), 2, lambda: ["again"]) == ["again"]


def test_an_object_that_took_the_place_of_one_that_is_gone_is_not_mistaken_for_it() -> None:
    known: Known[str] = Known(1000)
    for number in range(1000):
        assert known.get(([number],), None, lambda number=number: str(number)) == str(number)
