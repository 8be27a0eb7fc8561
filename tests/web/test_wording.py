"""How long a date holds, in words: never more than is left, by the shop’s clock, over weekends. Codes in one piece."""

from datetime import UTC, datetime, timedelta

import pytest

from configurator.money import Currency
from configurator.web.wording import unbroken, wording

BY = wording(Currency(), "Europe/Berlin", "en_IE")["by"]
FRIDAY = datetime(2026, 10, 23, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(hours=2, minutes=10, seconds=50), "within 2 h 10 min"),
        (timedelta(seconds=59), "within 0 min"),
        (timedelta(hours=23, minutes=59), "within 23 h 59 min"),
        (timedelta(days=1), "by Saturday, 15:30"),
        (timedelta(days=2, hours=23, minutes=30), "by Monday, 14:00"),
        (timedelta(days=7), "by Friday 30 Oct, 14:30"),
    ],
)
def test_the_time_left_is_told_as_one_would_say_it(left: timedelta, said: str) -> None:
    assert BY(left, FRIDAY).replace("\u00a0", " ") == said


def test_a_code_never_ends_a_line_at_its_hyphen_and_what_surrounds_it_stays_as_written() -> None:
    assert unbroken("Name the order 4JD-D54. <b>") == 'Name the order <span class="nb">4JD-D54.</span> &lt;b&gt;'
    assert unbroken("Put Q7K-8FH-02 with B-042, then go") == (
        'Put <span class="nb">Q7K-8FH-02</span> with <span class="nb">B-042,</span> then go'
    )
    assert unbroken("Made-to-measure mix, 12-06") == "Made-to-measure mix, 12-06"
