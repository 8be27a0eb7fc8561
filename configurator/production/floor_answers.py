"""The sentences a station shows: what happened, or what is expected instead and that nothing was booked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from configurator.production.floor_store import BEFORE, Expected, Scanned
from configurator.production.scans import Kind, ScanAnswer

Local = Callable[[datetime], datetime]

_COMES_FROM = {"released": "picking", "picked": "production", "made": "check", "checked": "storage"}
"""Stage -> the station at which a piece of that stage is expected."""

_STATION = {"picking": "picking", "production": "production", "check": "the check", "storage": "storage"}
_DONE = {"picking": "picked", "production": "made", "check": "checked", "storage": "stored"}


def unknown(code: str) -> ScanAnswer:
    """No piece has this code."""
    sentence = "Nothing was booked. Scan the label of the piece again, or type the code below it."
    return ScanAnswer("unknown", f"No piece is called “{code[:24]}”", sentence)


def elsewhere(piece: Scanned, facility: str) -> ScanAnswer:
    """The piece is made at another facility."""
    sentence = f"It is made in {facility}. Nothing was booked: send it there."
    return _refused("wrong", piece, f"Stop, {piece.code} is not made here", sentence)


def other_batch(piece: Scanned, batch: str, expected: Expected | None) -> ScanAnswer:
    """The piece belongs to another batch than the station is working on."""
    own = f"It belongs to {piece.batch}" if piece.batch else "It is in no batch"
    wanted = f"{expected.code} of {batch} is next" if expected else f"{batch} has nothing left for this station"
    sentence = f"{own}, you are working on {batch}. {wanted}. Nothing was booked."
    return _refused("wrong", piece, f"Stop, this is {piece.code}", sentence, expected)


def out_of_turn(piece: Scanned, expected: Expected) -> ScanAnswer:
    """The piece belongs to the batch, but another one is next."""
    sentence = (
        f"{expected.code} is next. Nothing was booked. "
        f"Both belong to {piece.batch}: take {expected.code}, or make {piece.code} first."
    )
    return _refused("wrong", piece, f"Stop, this is {piece.code}", sentence, expected)


def not_yet(piece: Scanned, station: str, local: Local) -> ScanAnswer:
    """The piece has not come as far as this station."""
    if piece.stage == "waiting":
        return _refused("not_yet", piece, f"{piece.code} is not released yet", _waits(piece, local))
    sentence = f"It is expected at {_STATION[_COMES_FROM[piece.stage]]} first. Nothing was booked."
    return _refused("not_yet", piece, f"{piece.code} is not {BEFORE[station]} yet", sentence)


def already(piece: Scanned, station: str, booked: tuple[str, datetime] | None, local: Local) -> ScanAnswer:
    """The piece was here before."""
    by = f" by {booked[0]} at {local(booked[1]):%H:%M}" if booked else ""
    where = _COMES_FROM.get(piece.stage)
    onward = f"It is expected at {_STATION[where]} next." if where else _ENDED[piece.stage]
    sentence = f"It was {_DONE[station]}{by}. {onward} Nothing was booked again."
    return _refused("already", piece, f"{piece.code} is {_DONE[station]} already", sentence)


_ENDED = {"stored": "It is in its order's bin.", "handed_over": "Its customer has it."}


def gone(piece: Scanned, remake: str) -> ScanAnswer:
    """The piece is not made: cancelled, or rejected."""
    if piece.stage == "cancelled":
        sentence = "Its order was cancelled. Put the blank back on the shelf. Nothing was booked."
        return _refused("gone", piece, f"Stop, {piece.code} is cancelled", sentence)
    sentence = f"It did not pass the check; {remake or 'another one'} is made instead. Nothing was booked."
    return _refused("gone", piece, f"Stop, {piece.code} was rejected", sentence)


def picked(piece: Scanned) -> ScanAnswer:
    """Booked at picking."""
    return _booked(piece, f"{piece.code} is picked", f"{piece.title}: put it with {piece.batch}, then to production.")


def made(piece: Scanned) -> ScanAnswer:
    """Booked at production."""
    return _booked(piece, f"Right piece, {piece.code} is made", f"{piece.title} goes to the check.")


def passed(piece: Scanned) -> ScanAnswer:
    """Passed the check."""
    return _booked(piece, f"{piece.code} is good", f"{piece.title} goes to storage.")


def rejected(piece: Scanned, remake: str) -> ScanAnswer:
    """Did not pass the check."""
    sentence = f"{remake} is made instead, in the next batch. Put {piece.code} with the rejects."
    answer = _booked(piece, f"{piece.code} is made again", sentence)
    return replace(answer, remake=remake)


def stored(piece: Scanned, place: int | None, *, missing: int, ready: bool, away: str) -> ScanAnswer:
    """Booked at storage; `away`: the store it travels to from here."""
    if away:
        onward = f"It travels to {away} and is scanned into storage there."
    elif missing:
        onward = f"{missing} of its order {'is' if missing == 1 else 'are'} still missing."
    else:
        onward = "Its order is complete, the customer is told." if ready else "Its order is complete."
    return replace(_put_away(piece, place, onward), ready=ready)


def part_stored(piece: Scanned, place: int | None) -> ScanAnswer:
    """Booked at storage, and with it what of its order may leave before the rest."""
    return _put_away(piece, place, "This part of its order is ready, the customer is told.")


def through_step(piece: Scanned, step: str) -> ScanAnswer:
    """Noted at a single step."""
    return _booked(piece, f"{piece.code} is through", f"{piece.title}: “{step}” is done. It is booked nowhere else.")


def past_step(piece: Scanned, step: str, booked: tuple[str, datetime] | None, local: Local) -> ScanAnswer:
    """Noted there before, or made altogether."""
    if booked:
        was = f"“{step}” was noted by {booked[0]} at {local(booked[1]):%H:%M}. Nothing was noted again."
        return _refused("already", piece, f"{piece.code} was here already", was)
    sentence = f"{_ENDED.get(piece.stage, 'It is not released.')} Nothing was noted for “{step}”."
    return _refused("wrong", piece, f"Stop, {piece.code} is past that", sentence)


def _put_away(piece: Scanned, place: int | None, onward: str) -> ScanAnswer:
    headline = f"Bin {place}" if place else "All bins are taken"
    where = f"Put {piece.code} into bin {place}." if place else f"Put {piece.code} on the overflow shelf."
    return replace(_booked(piece, headline, f"{where} {onward}"), bin=place)


def taken_back(booked: ScanAnswer, station: str, who: str, at: datetime) -> ScanAnswer:
    """What was booked at a station, or noted at a single step, is not any more. at: by the facility's clock."""
    if station in _STATION:
        out = f"Take it out of bin {booked.bin}. " if booked.bin else ""
        onward = f"{out}It is expected at {_STATION[station]}."
    else:
        onward = "It is not noted for this step any more."
    instead = f" {booked.remake} is not made." if booked.remake else ""
    sentence = f"Taken back by {who} at {at:%H:%M}. {onward}{instead}"
    headline = f"{booked.piece} is not booked"
    return ScanAnswer("taken_back", headline, sentence, booked.piece, booked.design, booked.batch)


def booked_since(piece: Scanned) -> str:
    """Where a piece is by now, said of it."""
    return f"{_BY_NOW.get(piece.stage, 'is not made')} by now"


_BY_NOW = {
    "picked": "is picked",
    "made": "is made",
    "checked": "has passed the check",
    "rejected": "did not pass the check",
    "stored": "lies in a bin",
    "handed_over": "has left for its customer",
}


def ready_sentence(fulfilment: str, facility: str, *, rest: bool = False) -> str:
    """What the customer reads when all pieces are there; rest: some have left before."""
    what = "The last pieces" if rest else "All pieces"
    if fulfilment == "ship":
        return f"{what} are made and checked. They are packed and go to the carrier."
    return f"{what} are made and checked. They wait for you at {facility}."


def _waits(piece: Scanned, local: Local) -> str:
    if piece.batch and piece.closes_at:
        when = f"{local(piece.closes_at):%a %d %b %H:%M}"
        return f"It waits in {piece.batch}, which closes {when}. Release the batch first. Nothing was booked."
    return "It is in no batch yet; the board says why. Nothing was booked."


def _booked(piece: Scanned, headline: str, sentence: str) -> ScanAnswer:
    return ScanAnswer("booked", headline, sentence, piece.code, piece.design_hash, piece.batch)


def _refused(kind: Kind, piece: Scanned, headline: str, sentence: str, expected: Expected | None = None) -> ScanAnswer:
    answer = ScanAnswer(kind, headline, sentence, piece.code, piece.design_hash, piece.batch)
    if expected is None:
        return answer
    return replace(answer, expected=expected.code, expected_design=expected.design_hash)
