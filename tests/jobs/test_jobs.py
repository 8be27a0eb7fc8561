"""The contract, on both engines."""

import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from configurator.clock import FixedClock, SystemClock
from configurator.database import Database
from configurator.errors import Conflict, Unavailable
from configurator.jobs import embedded
from configurator.jobs.contract import Finish, NoFailedJob
from configurator.jobs.job_store import NEVER_CAME_BACK, Lease, claim, pause
from configurator.jobs.rows import MOST_ATTEMPTS, WHILE_AWAY, Job
from tests.jobs.working import engine, leave_mark, mark, marks, statuses, until, working


class NoPaper(Conflict):
    pass


def no_paper(_: Mapping[str, Any]) -> None:
    raise NoPaper("The printer has no paper. Put some in.")


def test_a_job_is_done_once_and_its_effect_is_there_with_it(database: Database, clock: FixedClock) -> None:
    jobs = engine(database, clock, {"mark": mark})
    with database.write() as session:
        assert jobs.enqueue(session, "mark", "a", {"name": "mug"})
    assert (jobs.run_due(), jobs.run_due()) == (1, 0)
    assert (marks(database), statuses(database)) == ({"mug": 1}, {"a": "done"})


def test_the_same_key_twice_is_one_job(database: Database, clock: FixedClock) -> None:
    jobs = engine(database, clock, {"mark": mark})
    for expected in (True, False):
        with database.write() as session:
            assert jobs.enqueue(session, "mark", "a", {"name": "mug"}) is expected
    jobs.run_due()
    with database.write() as session:
        assert not jobs.enqueue(session, "mark", "a", {"name": "mug"})
    jobs.run_due()
    assert marks(database) == {"mug": 1}


def test_a_job_that_must_not_begin_yet_waits_for_its_time(database: Database, clock: FixedClock) -> None:
    jobs = engine(database, clock, {"mark": mark})
    with database.write() as session:
        jobs.enqueue(session, "mark", "a", {"name": "mug"}, not_before=clock.now() + timedelta(minutes=5))
    assert jobs.run_due() == 0
    clock.at += timedelta(minutes=5)
    assert (jobs.run_due(), marks(database)) == (1, {"mug": 1})


def test_a_job_is_withdrawn_until_somebody_begins_it_and_can_be_asked_for_again(
    database: Database, clock: FixedClock
) -> None:
    jobs = engine(database, clock, {"mark": mark})
    with database.write() as session:
        jobs.enqueue(session, "mark", "a", {"name": "mug"})
    with database.write() as session:
        assert (jobs.withdraw(session, "a"), jobs.withdraw(session, "a")) == ("withdrawn", "never")
    assert (jobs.run_due(), marks(database)) == (0, {})
    with database.write() as session:
        assert jobs.enqueue(session, "mark", "a", {"name": "tee"})
    with database.write() as session:
        assert claim(session, Lease("me", clock.now(), timedelta(seconds=30)))
        assert jobs.withdraw(session, "a") == "begun"
    clock.at += timedelta(minutes=1)
    jobs.run_due()
    with database.write() as session:
        assert jobs.withdraw(session, "a") == "begun"
    assert marks(database) == {"tee": 1}


def test_a_running_engine_passes_over_what_was_withdrawn(database: Database) -> None:
    jobs = engine(database, SystemClock(), {"mark": mark})
    with working(jobs):
        soon = SystemClock().now() + timedelta(seconds=1)
        with database.write() as session:
            jobs.enqueue(session, "mark", "a", {"name": "mug"}, not_before=soon)
            jobs.enqueue(session, "mark", "b", {"name": "tee"}, not_before=soon)
        with database.write() as session:
            assert jobs.withdraw(session, "a") == "withdrawn"
        until(lambda: statuses(database) == {"b": "done"})
    assert marks(database) == {"tee": 1}


def test_a_job_of_a_transaction_that_fails_was_never_enqueued(database: Database, clock: FixedClock) -> None:
    jobs = engine(database, clock, {"mark": mark})
    with pytest.raises(NoPaper), database.write() as session:
        jobs.enqueue(session, "mark", "a", {"name": "mug"})
        raise NoPaper("no")
    assert (jobs.run_due(), statuses(database)) == (0, {})


def test_a_failing_job_is_put_off_longer_each_time_and_then_given_up_with_its_reason(
    database: Database, clock: FixedClock
) -> None:
    jobs = engine(database, clock, {"print": no_paper})
    with database.write() as session:
        jobs.enqueue(session, "print", "label-7", {"piece": 7})
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert jobs.run_due() == 1
        assert jobs.run_due() == 0
        clock.at += pause(attempt)
    assert jobs.run_due() == 0
    with database.read() as session:
        (failed,) = jobs.failed(session)
    assert (failed.kind, failed.key, failed.args) == ("print", "label-7", {"piece": 7})
    assert (failed.reason, failed.attempts) == ("The printer has no paper. Put some in.", MOST_ATTEMPTS)


def no_answer(_: Mapping[str, Any]) -> None:
    raise Unavailable("The printer does not answer.")


def test_a_job_whose_printer_does_not_answer_is_tried_for_a_day_before_it_is_given_up(
    database: Database, clock: FixedClock
) -> None:
    jobs = engine(database, clock, {"print": no_answer})
    begun = clock.at
    with database.write() as session:
        jobs.enqueue(session, "print", "label-7", {})
    for attempt in range(1, WHILE_AWAY + 1):
        with database.read() as session:
            assert jobs.failed(session) == ()
        assert jobs.run_due() == 1
        clock.at += pause(attempt)
    assert jobs.run_due() == 0
    assert clock.at - begun > timedelta(days=1)
    with database.read() as session:
        assert [failed.attempts for failed in jobs.failed(session)] == [WHILE_AWAY]


def test_pauses_double_from_two_seconds_up_to_ten_minutes() -> None:
    assert [pause(n).total_seconds() for n in (1, 2, 3, 4, 20)] == [2, 4, 8, 16, 600]


def test_a_given_up_job_can_be_tried_again_and_then_succeeds(database: Database, clock: FixedClock) -> None:
    handlers: dict[str, Any] = {"print": no_paper}
    jobs = engine(database, clock, handlers)
    with database.write() as session:
        jobs.enqueue(session, "print", "a", {"name": "label"})
    for attempt in range(1, MOST_ATTEMPTS + 1):
        jobs.run_due()
        clock.at += pause(attempt)
    handlers["print"] = mark
    with database.write() as session:
        (failed,) = jobs.failed(session)
        jobs.retry(session, failed.id)
    assert jobs.run_due() == 1
    assert (marks(database), statuses(database)) == ({"label": 1}, {"a": "done"})


def test_a_job_that_will_be_tried_again_is_listed_with_when_and_can_be_tried_now(
    database: Database, clock: FixedClock
) -> None:
    handlers: dict[str, Any] = {"print": no_paper}
    jobs = engine(database, clock, handlers)
    with database.write() as session:
        jobs.enqueue(session, "print", "a", {"name": "label"})
    jobs.run_due()
    handlers["print"] = mark
    assert jobs.run_due() == 0
    with database.write() as session:
        (failing,) = jobs.failing(session)
        assert jobs.failed(session) == ()
        jobs.retry(session, failing.id)
    assert (failing.reason, failing.again_at) == ("The printer has no paper. Put some in.", clock.at + pause(1))
    assert jobs.run_due() == 1
    with database.read() as session:
        assert jobs.failing(session) == ()
    assert statuses(database) == {"a": "done"}


def test_a_job_that_did_not_fail_cannot_be_tried_again(database: Database, clock: FixedClock) -> None:
    jobs = engine(database, clock, {})
    with pytest.raises(NoFailedJob), database.write() as session:
        jobs.retry(session, 1)


def test_nothing_of_a_finish_that_fails_is_kept(database: Database, clock: FixedClock) -> None:
    def half(_: Mapping[str, Any]) -> Finish:
        def finish(session: Any) -> None:
            leave_mark(session, "half")
            raise NoPaper("The printer has no paper.")

        return finish

    jobs = engine(database, clock, {"half": half})
    with database.write() as session:
        jobs.enqueue(session, "half", "a")
    jobs.run_due()
    assert (marks(database), statuses(database)) == ({}, {"a": "waiting"})


def test_a_job_may_enqueue_what_follows_as_it_is_done(database: Database, clock: FixedClock) -> None:
    def first(_: Mapping[str, Any]) -> Finish:
        return lambda session: jobs.enqueue(session, "mark", "second", {"name": "mug"}) and None

    jobs = engine(database, clock, {"first": first, "mark": mark})
    with database.write() as session:
        jobs.enqueue(session, "first", "first")
    assert jobs.run_due() == 2
    assert marks(database) == {"mug": 1}


def test_a_job_nobody_knows_says_so_and_waits_for_the_upgrade(database: Database, clock: FixedClock) -> None:
    jobs = engine(database, clock, {})
    with database.write() as session:
        jobs.enqueue(session, "knit", "a")
    jobs.run_due()
    with database.read() as session:
        job = session.exec(select(Job)).one()
    assert job.status == "waiting"
    assert "does not know the job “knit”" in (job.error or "")


def test_a_job_somebody_else_works_on_is_left_alone_until_the_lease_runs_out(
    database: Database, clock: FixedClock
) -> None:
    jobs = engine(database, clock, {"mark": mark})
    with database.write() as session:
        jobs.enqueue(session, "mark", "a", {"name": "mug"})
    with database.write() as session:
        assert claim(session, Lease("somebody:1:a", clock.at, timedelta(seconds=30)))
    clock.at += timedelta(seconds=29)
    assert jobs.run_due() == 0
    clock.at += timedelta(seconds=1)
    assert jobs.run_due() == 1
    assert marks(database) == {"mug": 1}


def test_a_job_that_ends_every_process_that_runs_it_is_given_up(database: Database, clock: FixedClock) -> None:
    jobs = engine(database, clock, {"mark": mark})
    with database.write() as session:
        jobs.enqueue(session, "mark", "a", {"name": "mug"})
        jobs.enqueue(session, "mark", "b", {"name": "tee"})
    for _ in range(MOST_ATTEMPTS):
        with database.write() as session:
            job = claim(session, Lease("somebody:1:a", clock.at, timedelta(seconds=1)), 1)
            assert job is not None
        clock.at += timedelta(seconds=1)
    assert jobs.run_due() == 1
    with database.read() as session:
        assert [job.reason for job in jobs.failed(session)] == [NEVER_CAME_BACK]
    assert marks(database) == {"tee": 1}


def test_a_worker_that_comes_back_too_late_changes_nothing(database: Database, clock: FixedClock) -> None:
    late = engine(database, clock, {"mark": mark})

    def overtaken(args: Mapping[str, Any]) -> Finish:
        clock.at += timedelta(minutes=5)
        assert late.run_due() == 1
        return mark(args)

    slow = engine(database, clock, {"mark": overtaken})
    with database.write() as session:
        slow.enqueue(session, "mark", "a", {"name": "mug"})
    slow.run_due()
    assert marks(database) == {"mug": 1}


def test_a_periodic_job_is_enqueued_once_a_slot_by_any_number_of_processes(
    database: Database, clock: FixedClock
) -> None:
    pace = {"periodic": {"cut-off": timedelta(seconds=30)}}
    seen: list[str] = []
    handlers: dict[str, Any] = {"cut-off": lambda args: seen.append(args["slot"])}
    one, other = engine(database, clock, handlers, **pace), engine(database, clock, handlers, **pace)
    ticks = []
    for _ in range(5):
        ticks += [one.tick(), other.tick()]
        one.run_due()
        clock.at += timedelta(seconds=15)
    assert sum(ticks) == 3
    assert seen == ["2026-11-23T09:00:00+00:00", "2026-11-23T09:00:30+00:00", "2026-11-23T09:01:00+00:00"]


def test_done_periodic_jobs_are_forgotten_after_a_day_and_others_never(database: Database, clock: FixedClock) -> None:
    handlers: dict[str, Any] = {"cut-off": lambda _: None, "mark": mark}
    jobs = engine(database, clock, handlers, periodic={"cut-off": timedelta(hours=20)})
    with database.write() as session:
        jobs.enqueue(session, "mark", "a", {"name": "mug"})
    for _ in range(4):
        jobs.tick()
        jobs.run_due()
        clock.at += timedelta(hours=20)
    assert len(statuses(database)) == 3
    assert statuses(database)["a"] == "done"


def test_running_engines_do_everything_that_is_enqueued_and_stop_when_told(database: Database) -> None:
    jobs = engine(database, SystemClock(), {"mark": mark}, periodic={"mark": timedelta(days=1000)}, threads=3)
    with working(jobs):
        for n in range(30):
            with database.write() as session:
                jobs.enqueue(session, "mark", f"{n}", {"name": f"{n % 7}"})
        until(lambda: list(statuses(database).values()).count("done") >= 30)
    assert {name: count for name, count in marks(database).items() if name != "slot"} == {
        "0": 5, "1": 5, "2": 4, "3": 4, "4": 4, "5": 4, "6": 4
    }  # fmt: skip
    with database.write() as session:
        jobs.enqueue(session, "mark", "later", {"name": "later"})
    assert "later" not in marks(database)


def test_a_running_engine_tries_a_failed_job_again_by_itself(database: Database) -> None:
    tries: list[int] = []

    def second_time(args: Mapping[str, Any]) -> Finish:
        tries.append(1)
        if len(tries) == 1:
            no_paper(args)
        return mark(args)

    jobs = engine(database, SystemClock(), {"mark": second_time})
    with working(jobs):
        with database.write() as session:
            jobs.enqueue(session, "mark", "a", {"name": "mug"})
        until(lambda: statuses(database)["a"] == "done")
    assert (len(tries), marks(database)) == (2, {"mug": 1})


def test_an_idle_engine_is_woken_by_the_commit_and_does_not_wait_for_its_next_look(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "LOOK_AGAIN", 3600)
    database = Database(sqlite_url)
    jobs = engine(database, SystemClock(), {"mark": mark}, threads=1)
    with working(jobs):
        for name in ("a", "b", "c"):
            with database.write() as session:
                jobs.enqueue(session, "mark", name, {"name": name})
            until(lambda key=name: statuses(database)[key] == "done")
    database.close()


def test_a_long_job_keeps_its_lease_while_it_runs(database: Database) -> None:
    started, go_on, runs = threading.Event(), threading.Event(), []

    def long(args: Mapping[str, Any]) -> Finish:
        runs.append(1)
        started.set()
        go_on.wait(30)
        return mark(args)

    jobs = engine(database, SystemClock(), {"long": long}, lease=timedelta(seconds=0.6), threads=2)
    with working(jobs):
        with database.write() as session:
            jobs.enqueue(session, "long", "a", {"name": "mug"})
        started.wait(30)
        first = _leased_until(database)
        until(lambda: _leased_until(database) > first + timedelta(seconds=1.5))
        go_on.set()
        until(lambda: statuses(database)["a"] == "done")
    assert (len(runs), marks(database)) == (1, {"mug": 1})


def _leased_until(database: Database) -> Any:
    with database.read() as session:
        return session.exec(select(Job.leased_until)).one()


def test_a_job_that_meets_a_full_disk_says_so_and_is_done_once_when_there_is_room(
    sqlite_url: str, clock: FixedClock
) -> None:
    database = Database(sqlite_url)
    room = {"pages": 0}

    @sa.event.listens_for(database.engine, "checkout")
    def limited(connection: Any, *_: object) -> None:
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={used + room['pages']}")

    def large(_: Mapping[str, Any]) -> Finish:
        return lambda session: leave_mark(session, "x" * 200_000)

    jobs = engine(database, clock, {"large": large})
    with database.write() as session:
        jobs.enqueue(session, "large", "a")
    assert jobs.run_due() == 1
    with database.read() as session:
        job = session.exec(select(Job)).one()
    assert (job.status, job.attempts) == ("waiting", 1)
    assert "The disk of the database is full." in (job.error or "")
    room["pages"] = 1000
    clock.at += pause(1)
    assert jobs.run_due() == 1
    assert list(marks(database).values()) == [1]
    database.close()


def test_one_job_that_has_not_begun_does_for_all_who_ask_about_a_subject(database: Database, clock: FixedClock) -> None:
    jobs = engine(database, clock, {"mark": mark})
    asked = []
    for name in ("mug", "tee"):
        with database.write() as session:
            asked.append(jobs.ask(session, "mark", "plan:plant", {"name": name}))
    assert (asked, jobs.run_due(), marks(database)) == ([True, False], 1, {"mug": 1})
    with database.write() as session:
        assert jobs.ask(session, "mark", "plan:plant", {"name": "mug"}), "what was done before says nothing of now"
    jobs.run_due()
    assert marks(database) == {"mug": 2}


def test_two_jobs_of_one_subject_never_run_at_once(database: Database, clock: FixedClock) -> None:
    jobs = engine(database, clock, {"mark": mark})
    with database.write() as session:
        jobs.ask(session, "mark", "plan:plant", {"name": "mug"})
        assert claim(session, Lease("somebody:1:a", clock.at, timedelta(seconds=30)))
        session.flush()
        assert jobs.ask(session, "mark", "plan:plant", {"name": "tee"}), "the one that runs may not have seen this"
        jobs.ask(session, "mark", "plan:store", {"name": "tin"})
    assert (jobs.run_due(), marks(database)) == (1, {"tin": 1})
    with database.read() as session:
        assert jobs.since(session, "mark", "plan:plant") == clock.at
        assert jobs.since(session, "mark", "plan:store") is None
    clock.at += timedelta(seconds=30)
    jobs.run_due()
    assert marks(database) == {"tin": 1, "mug": 1, "tee": 1}


def test_whoever_asks_is_heard_by_a_job_that_was_waiting_or_by_one_of_its_own(postgres_url: str) -> None:
    """An order that has asked and is not committed yet keeps the waiting job from beginning without it."""
    database = Database(postgres_url)
    jobs = engine(database, SystemClock(), {"mark": mark})
    with database.write() as session:
        jobs.ask(session, "mark", "plan:plant", {"name": "mug"})
    with database.write() as session:
        assert not jobs.ask(session, "mark", "plan:plant", {"name": "mug"})
        other = threading.Thread(target=jobs.run_due)
        other.start()
        other.join()
        assert marks(database) == {}
    jobs.run_due()
    assert marks(database) == {"mug": 1}
    database.close()
