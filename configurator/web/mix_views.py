"""An amount mix as the customiser shows it: grams of each part, and what is left to give out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from configurator.blanks.blank import Blank, Detail
from configurator.options.answer import Answer, Blocked
from configurator.options.model import Mix
from configurator.web.blocked_views import BlockedView

Fix = tuple[str, str]
"""(button label, the fields it sends)."""


@dataclass(frozen=True, slots=True)
class PartView:
    """One ingredient. `grams` as typed; at: where its stretch of the bar begins, in grams.

    less, more: the fields its buttons send, None at the end of the range, and for `more` while it is blocked.
    """

    key: str
    label: str
    grams: str
    per_100g: int
    at: int
    swatch: str | None
    allergens: tuple[str, ...]
    less: str | None
    more: str | None
    blocked: BlockedView | None = None


@dataclass(frozen=True, slots=True)
class MixView:
    """All ingredients. `rest` grams are still to give out (negative: too much); `fixes` give them out."""

    parts: tuple[PartView, ...]
    total_g: int
    step_g: int
    rest: int
    said: str
    fixes: tuple[Fix, ...]
    least_kinds: int
    most_kinds: int


@dataclass(frozen=True)
class MixSeen:
    """What the mix's view is made from. `typed`: the fields as they were sent; why: label and refusal as shown."""

    blank: Blank
    answer: Answer
    typed: Mapping[str, str]
    why: Callable[[str, Blocked], BlockedView]


def mix_view(seen: MixSeen, key: str, domain: Mix) -> MixView:
    """The mix with its present grams, typed ones first."""
    grams = _grams(seen, key, domain)
    given = sum(grams.values())
    rest = domain.total_g - given
    return MixView(
        parts=tuple(_part(seen, key, domain, (place, grams)) for place in range(len(domain.parts))),
        total_g=domain.total_g,
        step_g=domain.step_g,
        rest=rest,
        said=f"{given} of {domain.total_g} g",
        fixes=_fixes(key, domain, grams, rest),
        least_kinds=domain.least_kinds,
        most_kinds=domain.most_kinds,
    )


def _grams(seen: MixSeen, key: str, domain: Mix) -> dict[str, int]:
    """Grams by part: as typed if any were, else as the answer has them."""
    typed = {part.key: seen.typed.get(f"{key}.{part.key}") for part in domain.parts}
    if any(value is not None for value in typed.values()):
        return {part: _whole(value or "") for part, value in typed.items()}
    chosen = seen.answer.configuration[key]
    answered = dict(chosen) if isinstance(chosen, tuple) else {}
    return {part.key: answered.get(part.key, 0) for part in domain.parts}


def _whole(text: str) -> int:
    return int(text) if text.strip().isascii() and text.strip().isdigit() and len(text) < 7 else 0


def _part(seen: MixSeen, key: str, domain: Mix, at: tuple[int, dict[str, int]]) -> PartView:
    part, grams = domain.parts[at[0]], at[1]
    detail = seen.blank.details.get((key, part.key), Detail())
    name, own, step = f"{key}.{part.key}", grams[part.key], domain.step_g
    blocked = None if own else seen.answer.blocked.get((key, part.key))
    return PartView(
        key=name,
        label=part.label,
        grams=str(own),
        per_100g=part.per_100g,
        at=sum(grams[before.key] for before in domain.parts[: at[0]]),
        swatch=detail.swatch,
        allergens=detail.allergens,
        less=urlencode({name: max(0, own - step)}) if own else None,
        more=urlencode({name: min(domain.total_g, own + step)}) if own < domain.total_g and not blocked else None,
        blocked=seen.why(part.label, blocked) if blocked else None,
    )


def _fixes(key: str, domain: Mix, grams: dict[str, int], rest: int) -> tuple[Fix, ...]:
    """Give the rest to one of the two largest parts, or take the surplus from one that has it."""
    largest = sorted((part for part in domain.parts if grams[part.key]), key=lambda part: -grams[part.key])
    able = [part for part in largest if grams[part.key] + rest > 0][:2] if rest else []
    return tuple(
        (
            f"{'Put' if rest > 0 else 'Take'} {abs(rest)} g {'on' if rest > 0 else 'from'} {part.label}",
            urlencode({f"{key}.{part.key}": grams[part.key] + rest}),
        )
        for part in able
    )
