import threading
from datetime import timedelta

import pytest

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.staff.throttle import Limit, TriedTooOften, refund, spend

CODES = Limit("codes 192.0.2.1", 5, timedelta(minutes=10))


def test_attempts_up_to_the_limit_pass_and_the_next_is_told_when_to_come_back(
    database: Database, clock: FixedClock
) -> None:
    for _ in range(5):
        spend(database, [CODES], clock.at)
    with pytest.raises(TriedTooOften) as refusal:
        spend(database, [CODES], clock.at + timedelta(minutes=9, seconds=30))
    assert refusal.value.sentence == "Tried too often. Try again in 1 minute."
    assert refusal.value.status == 429


def test_a_new_window_starts_afresh(database: Database, clock: FixedClock) -> None:
    for _ in range(5):
        spend(database, [CODES], clock.at)
    clock.at += CODES.window
    for _ in range(5):
        spend(database, [CODES], clock.at)
    with pytest.raises(TriedTooOften):
        spend(database, [CODES], clock.at)


def test_limits_of_different_names_do_not_touch_each_other(database: Database, clock: FixedClock) -> None:
    for _ in range(5):
        spend(database, [CODES], clock.at)
    spend(database, [Limit("codes 192.0.2.2", 5, timedelta(minutes=10))], clock.at)


def test_a_refunded_attempt_does_not_count(database: Database, clock: FixedClock) -> None:
    for _ in range(20):
        spend(database, [CODES], clock.at)
        with database.write() as session:
            refund(session, [CODES], clock.at)


def test_simultaneous_attempts_are_all_counted(database: Database, clock: FixedClock) -> None:
    passed: list[int] = []

    def attempt() -> None:
        try:
            spend(database, [CODES], clock.at)
        except TriedTooOften:
            return
        passed.append(1)

    threads = [threading.Thread(target=attempt) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 5
