"""Choices in a form: option keys as field names, and the hints that tell own choices from filled-in ones."""

from configurator.designs.form import Form, shortened, whole
from configurator.options.model import Choices, Chosen, Grams, Mix, Model, Number, OneOf, Option, SomeOf

MOST_GRAMS = 1_000_000
MOST_TOLD = 5
AUTO = "auto"
"""The field whose values are what the page filled in: options that nobody chose."""


def read_choices(form: Form, model: Model) -> Choices:
    """What the customer chose. A choice equal to its `auto` hint was filled in by the page, not chosen."""
    filled_in = frozenset(" ".join(form.all(AUTO)).split(" "))
    named = {name.partition(".")[0] for name in form.names}
    choices: dict[str, Chosen] = {}
    for option in model.options:
        chosen = _chosen(form, option) if option.key in named else None
        if chosen is not None and said(option.key, chosen) not in filled_in:
            choices[option.key] = chosen
    return choices


def written_choices(choices: Choices) -> tuple[tuple[str, str], ...]:
    """Choices as form fields, options in the order of their keys."""
    fields = list[tuple[str, str]]()
    for key in sorted(choices):
        chosen = choices[key]
        fields += ((key, chosen),) if isinstance(chosen, str) else _fields(key, chosen)
    return tuple(fields)


def said(key: str, chosen: Chosen) -> str:
    """A choice as one word, for the hidden `auto` field: `rim=plain`, `care=a,b`, `pages=96`, `mix=oats:300`."""
    if isinstance(chosen, str):
        return f"{key}={chosen}"
    if isinstance(chosen, frozenset):
        return f"{key}={','.join(sorted(chosen))}"
    if isinstance(chosen, tuple):
        return f"{key}={','.join(f'{part}:{grams}' for part, grams in sorted(chosen))}"
    return f"{key}={chosen}"


def _fields(key: str, chosen: Chosen) -> tuple[tuple[str, str], ...]:
    if isinstance(chosen, frozenset):
        return ((key, ""), *((key, value) for value in sorted(chosen)))
    if isinstance(chosen, tuple):
        return tuple((f"{key}.{part}", str(grams)) for part, grams in chosen) or ((key, ""),)
    return ((key, str(chosen)),)


def _chosen(form: Form, option: Option) -> Chosen | None:
    if isinstance(option.domain, OneOf):
        return _one(form, option.key, option.domain)
    if isinstance(option.domain, SomeOf):
        return _some(form, option.key, option.domain)
    if isinstance(option.domain, Number):
        return _number(form, option.key, option.domain)
    return _mix(form, option.key, option.domain)


def _one(form: Form, key: str, domain: OneOf) -> str | None:
    asked = form.last(key)
    if asked in domain.by_key:
        return asked
    if asked:
        form.fault(key, f"“{shortened(asked, 40)}” is not offered. Choose one of those shown.")
    return None


def _some(form: Form, key: str, domain: SomeOf) -> frozenset[str] | None:
    if key not in form:
        return None
    sent = frozenset(form.all(key))
    known, strangers = sent.intersection(domain.by_key), sorted(sent.difference(domain.by_key, {""}))
    if strangers:
        told = "”, “".join(shortened(stranger, 40) for stranger in strangers[:MOST_TOLD])
        form.fault(key, f"“{told}” {'is' if len(strangers) == 1 else 'are'} not offered. Choose from those shown.")
    return known if known or "" in sent else None


def _number(form: Form, key: str, domain: Number) -> int | None:
    asked = form.last(key)
    if not asked:
        return None
    steps = (domain.most - domain.least) // domain.step
    most = domain.least + steps * domain.step
    number = whole(asked)
    if number is None:
        made = f"{domain.least} to {most} {domain.unit}"
        like = f"Write it in digits alone, like {domain.default}."
        form.fault(key, f"“{shortened(asked, 40)}” is not a number from {made}. {like}")
        return None
    nearest = domain.least + domain.step * min(max(round((number - domain.least) / domain.step), 0), steps)
    if nearest != number:
        form.fault(
            key,
            f"{domain.least} to {most} {domain.unit} in steps of {domain.step} are possible. {nearest} was taken.",
        )
    return nearest


def _mix(form: Form, key: str, domain: Mix) -> Grams | None:
    names = {part.key: f"{key}.{part.key}" for part in domain.parts}
    if key not in form and not any(name in form for name in names.values()):
        return None
    amounts = ((part, _grams(form, name)) for part, name in names.items())
    return tuple((part, grams) for part, grams in amounts if grams)


def _grams(form: Form, name: str) -> int:
    asked = form.last(name)
    number = whole(asked) if asked else 0
    if number is None or not 0 <= number <= MOST_GRAMS or number != int(number):
        form.fault(name, f"“{shortened(asked, 40)}” is not an amount. Write whole grams like 75.")
        return 0
    return int(number)
