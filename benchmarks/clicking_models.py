"""Clicks on a product's options, answered by the engine as a page asks it and checked with clauses of its own."""

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.independent import Independent
from benchmarks.walking import Times
from configurator.blanks.draft import Draft
from configurator.blanks.faults import FaultyBlanks
from configurator.blanks.reading_options import read_options
from configurator.blanks.reading_rules import read_rules
from configurator.blanks.reading_shop import read_shop
from configurator.blanks.sheet import sheet_of
from configurator.blanks.table import Table
from configurator.options.answer import Answer, EngineFacts, Item
from configurator.options.bands import all_values
from configurator.options.compiling import Engine
from configurator.options.coom import coom_model
from configurator.options.model import Choices, Chosen, Mix, Model, SomeOf

CHECKED_AT_A_CLICK = 40


def product_of(file: Path, text: str) -> "Product":
    """The product of a .coom text, or of the options and rules of a blank.toml. Raises Refusal."""
    return Product(coom_model(text) if file.suffix == ".coom" else _blank(file, text))


def _blank(file: Path, text: str) -> Model:
    """What else a blank has is not looked at; its options' faults are those that keep them from being read."""
    sheet = sheet_of(text, name=file.name)
    draft = Draft(Table(sheet), read_shop(Table(sheet_of("", name="shop.toml"))), {})
    options, _ = read_options(draft)
    model = Model(options, read_rules(draft))
    if len(options) < len(draft.table.content.get("option", ())) or not options:
        raise FaultyBlanks(sheet.faults)
    return model


class Product:
    """A model before its clicks. disagreements: items of which engine and SAT solver said different things."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.engine = Engine(model, remembered=1)
        self.check = Independent(model)
        self.disagreements = 0

    @property
    def facts(self) -> EngineFacts:
        """How big the circuits are and what they took."""
        return self.engine.facts

    @property
    def variables(self) -> int:
        """Of the engine's clauses."""
        return self.engine.facts.variables

    @property
    def rules(self) -> int:
        """The maker's."""
        return len(self.model.rules)

    def count(self) -> int | None:
        """All products."""
        return self.engine.count()

    def walk(self) -> "ProductWalk":
        """A customer who has chosen nothing yet."""
        return ProductWalk(self)


class ProductWalk:
    """What a customer has chosen so far."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._choices: dict[str, Chosen] = {}

    def click(self, rng: random.Random, times: Times) -> bool:
        """Ask everything, then choose something that is possible; without any product there is nothing to ask."""
        engine, choices = self._product.engine, self._choices
        if engine.contradiction() is not None:
            self._product.disagreements += self._product.check.possible(())
            return False
        answer, refused = times.of("domains", self._domains)
        times.of("count", lambda: engine.count(choices))
        times.of("cheapest", lambda: engine.cheapest(choices))
        self._check(answer, refused, rng)
        if refused:
            self._ask_why(rng.choice(sorted(refused, key=str)), times)
        return self._choose(answer, refused, rng)

    def _domains(self) -> tuple[Answer, set[Item]]:
        """The answer, with every value, member, number and part that cannot be taken."""
        answer = self._product.engine.answer(self._choices)
        numbers = {key: answer.numbers[key] for key in answer.numbers}
        return answer, {*answer.blocked, *answer.kept, *((key, "") for key in numbers if not numbers[key])}

    def _check(self, answer: Answer, refused: set[Item], rng: random.Random) -> None:
        items = list(self._items())
        whole = self._literals(answer.configuration)
        wrong = [not self._product.check.possible(whole), bool(answer.dropped)]
        for item in rng.sample(items, min(CHECKED_AT_A_CLICK, len(items))):
            wrong.append(self._product.check.possible(self._wanted(answer, item)) == (item in refused))
        self._product.disagreements += sum(wrong)

    def _wanted(self, answer: Answer, item: Item) -> list[int]:
        """An item taken, or a member switched, while everything else chosen stays."""
        check, key = self._product.check, item[0]
        others = self._literals({other: chosen for other, chosen in self._choices.items() if other != key})
        shown = answer.configuration[key]
        if isinstance(shown, frozenset):
            return [*others, *check.chosen(key, shown ^ {str(item[1])})]
        taken = shown == item[1] or (isinstance(shown, tuple) and item[1] in dict(shown))
        return [*others, *check.chosen(key, shown)] if taken else [*others, check.having(item)]

    def _ask_why(self, item: Item, times: Times) -> None:
        engine, check = self._product.engine, self._product.check
        repair = times.of("repair", lambda: engine.repair(self._choices, item))
        reasons = times.of("why", lambda: engine.reasons(self._choices, item))
        if repair is None:
            ever = check.possible([check.having(item)]) and item in engine.answer(self._choices).blocked
            self._product.disagreements += ever
            return
        after = self._literals(repair.choices)
        self._product.disagreements += not (check.possible(after) and reasons.because)

    def _literals(self, choices: Choices) -> list[int]:
        return [each for key, chosen in choices.items() for each in self._product.check.chosen(key, chosen)]

    def _choose(self, answer: Answer, refused: set[Item], rng: random.Random) -> bool:
        """Choose for an option that is still open; False when there is none."""
        left = [option.key for option in self._product.model.options if option.key not in self._choices]
        if not left:
            return False
        key = rng.choice(left)
        self._choices[key] = rng.choice(list(self._ways(key, answer, refused)))
        return True

    def _ways(self, key: str, answer: Answer, refused: set[Item]) -> Iterator[Chosen]:
        """What is shown, and every other way that one click leads to; a mix goes where its repair would."""
        shown = answer.configuration[key]
        yield shown
        for item in (item for item in self._items() if item[0] == key and item not in refused):
            if isinstance(shown, frozenset):
                yield shown ^ {str(item[1])}
            elif not isinstance(shown, tuple):
                yield item[1]

    def _items(self) -> Iterator[Item]:
        for option in self._product.model.options:
            domain = option.domain
            if isinstance(domain, SomeOf):
                yield from ((option.key, value.key) for value in domain.values)
            elif isinstance(domain, Mix):
                yield from ((option.key, part.key) for part in domain.parts)
            else:
                yield from ((option.key, value) for value in all_values(option) if isinstance(value, str | int))
