"""What the people of the demo want: a blank, random choices of their own, a template with their name on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from configurator.blanks.blank import Blank, Template
from configurator.blanks.catalogue import Catalogue
from configurator.demo.people import GIVEN
from configurator.designs.permalink import Asked
from configurator.options.model import Choices, Chosen, Grams, Mix, Number, OneOf, Option, SomeOf

# How often each blank is wanted, in the order of the catalogue; a new blank is wanted now and then.
POPULAR = {"mug": 9, "tee": 7, "keyring": 6, "notebook": 5, "board": 4, "muesli": 4, "book": 3}
QUANTITIES = (1, 1, 1, 1, 1, 1, 2, 2, 3, 4, 6, 12)


@dataclass(frozen=True)
class Wish:
    """One line somebody puts into a cart."""

    blank: Blank
    asked: Asked


def wish(random: Random, catalogue: Catalogue, *, times: int = 1) -> Wish:
    """A blank as somebody might want it, `times` as often as usual. Choices may contradict each other: the engine keeps
    what fits.
    """
    keys = list(catalogue.blanks)
    key = random.choices(keys, [POPULAR.get(key, 2) for key in keys])[0]
    blank = catalogue.blank(key)
    template = random.choice(blank.templates)
    quantity = max(blank.least, min(blank.most, times * random.choice(QUANTITIES)))
    asked = Asked(_choices(random, blank), quantity=quantity, template=template.key, fields=_fields(random, template))
    return Wish(blank, asked)


def _choices(random: Random, blank: Blank) -> Choices:
    wanted = [option for option in blank.model.options if random.random() < 0.6]
    return {option.key: _chosen(random, option) for option in wanted}


def _chosen(random: Random, option: Option) -> Chosen:
    domain = option.domain
    if isinstance(domain, OneOf):
        return random.choice(domain.values).key
    if isinstance(domain, SomeOf):
        count = random.randint(domain.least, min(domain.most, domain.least + 1, len(domain.values)))
        return frozenset(value.key for value in random.sample(domain.values, count))
    if isinstance(domain, Number):
        return random.randrange(domain.least, domain.most + 1, domain.step)
    return _mixed(random, domain)


def _mixed(random: Random, mix: Mix) -> Grams:
    """Some kinds, each at least one step, the steps dealt out at random."""
    steps = mix.total_g // mix.step_g
    least = max(1, mix.least_kinds)
    kinds = random.sample(range(len(mix.parts)), random.randint(least, min(mix.most_kinds, least + 4, len(mix.parts))))
    grams: dict[int, int] = dict.fromkeys(kinds, mix.step_g)
    for _ in range(steps - len(kinds)):
        grams[random.choice(kinds)] += mix.step_g
    return tuple((mix.parts[index].key, grams[index]) for index in sorted(grams))


def _fields(random: Random, template: Template) -> Mapping[str, str]:
    """The first field gets a name when it is one; the rest stay as the maker's examples."""
    named = next((field for field in template.fields if "name" in field.label.lower()), None)
    if named is None:
        return {}
    return {named.key: random.choice([name for name in GIVEN if len(name) <= named.most])}
