"""How long a piece took, told from scans: pauses, trays, mornings after and odd scans do not decide it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.production.hours import Hours
from configurator.production.paces import Passed, no_pace, paced
from configurator.production.steps_seen import AT_STEP, StepToSee, seen_steps
from tests.builders import a_facility

HOURS = Hours.of(a_facility("plant"))
NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def at(*minutes: float) -> list[Passed]:
    return [Passed(NINE + timedelta(minutes=minute)) for minute in minutes]


def pace_of(passed: list[Passed], planned_min: float = 2.0) -> float:
    found = paced(passed, HOURS, planned_min)
    assert found is not None
    return found.each_min


def test_pieces_that_follow_each_other_take_the_time_between_them() -> None:
    found = paced(at(*range(0, 30, 3)), HOURS, 2)
    assert found is not None
    assert (found.each_min, found.run_min, found.stood_min, found.sure) == (3, 30, 0, True)


def test_lunch_in_the_middle_of_a_batch_is_no_slow_work() -> None:
    found = paced(at(*range(0, 15, 3), *range(60, 75, 3)), HOURS, 2)
    assert found is not None
    assert (found.each_min, found.stood_min) == (3, 48 - 9)


def test_a_piece_that_is_scanned_next_morning_does_not_count_the_night() -> None:
    morning = Passed(datetime(2026, 11, 25, 7, 30, tzinfo=UTC))
    assert pace_of([*at(*range(0, 12, 3)), morning]) == 3


def test_pieces_that_are_scanned_as_a_tray_share_its_time() -> None:
    trays = [tray + n / 30 for tray in (0, 18, 36, 54) for n in range(6)]
    found = paced(at(*trays), HOURS, 2)
    assert found is not None
    assert found.sure
    assert found.each_min == pytest.approx(3, abs=0.05)


def test_what_is_scanned_in_one_go_outside_of_hours_or_by_too_few_says_why_it_tells_nothing() -> None:
    in_one_go, few = at(*(n / 30 for n in range(10))), at(0, 3, 60)
    assert "in one go" in no_pace(10, paced(in_one_go, HOURS, 2))
    assert "too few to tell work from a pause" in no_pace(3, paced(few, HOURS, 2))
    assert no_pace(1, paced(at(0), HOURS, 2)) == "one scan tells no pace"
    night = [Passed(NINE + timedelta(hours=14, minutes=3 * n)) for n in range(8)]
    assert "outside of working hours" in no_pace(8, paced(night, HOURS, 2))
    one_late = [*in_one_go, *at(60)]
    assert "most were scanned in one go" in no_pace(11, paced(one_late, HOURS, 2))


def test_a_station_that_waits_for_pieces_works_no_slower_for_it() -> None:
    passed = [Passed(each.done + timedelta(minutes=1), each.done) for each in at(*range(0, 40, 4))]
    assert pace_of(passed, 1) == 1


@given(
    st.lists(st.floats(2.9, 3.1), min_size=9, max_size=40),
    st.lists(st.tuples(st.integers(0, 8), st.floats(0, 120)), max_size=3),
)
def test_three_odd_gaps_of_nine_do_not_move_a_usual_piece(gaps: list[float], odd: list[tuple[int, float]]) -> None:
    for place, minutes in odd:
        gaps[place] = minutes
    minute, minutes = 0.0, [0.0]
    for gap in gaps:
        minute += gap
        minutes.append(minute)
    assert 2.2 <= pace_of(at(*minutes)) <= 3.3


STEPS = (
    StepToSee("Print", 1, HOURS, 6),
    StepToSee("Press", 3, HOURS, 6, leads=True),
    StepToSee("Bind", 2, HOURS, 6),
    StepToSee("Wrap", 1, HOURS, 6),
)


def scans(first: float, each_min: float) -> dict[int, datetime]:
    return {n: NINE + timedelta(minutes=first + n * each_min) for n in range(6)}


def test_a_step_is_seen_where_its_pieces_are_scanned() -> None:
    booked = {
        "production": scans(4, 4),
        f"{AT_STEP}Print": scans(1, 1.5),
        f"{AT_STEP}Bind": scans(6, 4),
        "check": scans(7, 4),
    }
    found = seen_steps(STEPS, booked)
    assert {name: round(seen.paced.each_min, 2) for name, seen in found.items() if seen.paced} == {
        "Print": 1.5,
        "Press": 4,
        "Bind": 2,
        "Wrap": 1,
    }
    assert found["Bind"].run_min(12) == 24
    assert not any(seen.why for seen in found.values())


def test_after_a_step_that_nobody_scans_waiting_and_working_look_alike() -> None:
    found = seen_steps(STEPS, {"production": scans(4, 4), "check": scans(7, 4)})
    assert "nobody scans at “Bind” before it" in found["Wrap"].why
    assert found["Wrap"].run_min(6) is None
    assert not found["Press"].why


def test_the_check_says_nothing_of_a_last_step_that_only_some_pieces_need() -> None:
    bow = StepToSee("Tie the bow", 1, HOURS, 2)
    assert "Tie the bow" not in seen_steps((*STEPS, bow), {"production": scans(4, 4), "check": scans(7, 4)})
