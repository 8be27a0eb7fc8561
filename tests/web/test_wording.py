"""How long a date still holds, in words: never more than is left, by the shop's clock, over weekends."""

from datetime import UTC, datetime, timedelta

import pytest

from configurator.money import Currency
from configurator.web.wording import wording

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
