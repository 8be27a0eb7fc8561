"""Python looks for garbage in cycles when nobody waits."""

import asyncio
import gc

from configurator.collecting import AFTER_AN_ANSWER, between_answers, due

YOUNG, MIDDLE, OLD = AFTER_AN_ANSWER


def test_few_new_objects_are_left_alone() -> None:
    assert due((YOUNG - 1, MIDDLE, OLD)) is None


def test_the_older_objects_are_looked_through_the_more_seldom() -> None:
    assert [due(counts) for counts in ((YOUNG, 0, OLD), (YOUNG, MIDDLE, 0), (YOUNG, MIDDLE, OLD))] == [0, 1, 2]


def test_an_answer_has_gone_out_before_anything_is_looked_through() -> None:
    told: list[str] = []

    async def server(_scope: object, _receive: object, _send: object) -> None:
        gc.disable()
        told.append("answered")
        kept.extend([[each] for each in range(YOUNG)])

    def looked(phase: str, _told: object) -> None:
        told.append(phase)

    kept: list[object] = []
    gc.callbacks.append(looked)
    try:
        asyncio.run(between_answers(server)({}, None, None))
    finally:
        gc.callbacks.remove(looked)
        gc.enable()
    assert told[:3] == ["answered", "start", "stop"]
