"""A DIMACS formula as a model: every variable an option that is no or yes, every clause a rule."""

from configurator.errors import Invalid
from configurator.options.dimacs import Dimacs
from configurator.options.model import Model, OneOf, Option, Rule, Value
from configurator.options.naming import key_of, label_of
from configurator.options.rules import LONGEST

MOST_OPTIONS = 20_000

_NO_OR_YES = OneOf((Value("no", "No"), Value("yes", "Yes")), "no")


class NoBlankOfIt(Invalid):
    """A formula that no blank can hold."""


def formula_model(dimacs: Dimacs) -> Model:
    """The model with exactly the formula's models as its products. Raises NoBlankOfIt."""
    if not 0 < dimacs.cnf.variables <= MOST_OPTIONS:
        many = f"{dimacs.cnf.variables:,} variables, and a blank 1 to {MOST_OPTIONS:,} options"
        raise NoBlankOfIt(f"The formula has {many}.")
    keys: dict[int, str] = {}
    taken: set[str] = set()
    options = []
    for variable in range(1, dimacs.cnf.variables + 1):
        name = dimacs.names.get(variable, f"v{variable}")
        keys[variable] = key_of(name, taken)
        taken.add(keys[variable])
        options.append(Option(keys[variable], label_of(name) or keys[variable], "equipment", _NO_OR_YES))
    rules = []
    for number, clause in enumerate(dimacs.cnf.clauses, start=1):
        literals = dict.fromkeys(clause)
        ways = (f"{keys[abs(literal)]} = {'yes' if literal > 0 else 'no'}" for literal in literals)
        require = " or ".join(ways) or _nothing(keys[1])
        if len(require) > LONGEST:
            raise NoBlankOfIt(f"Clause {number} is too long: {len(literals):,} variables make no rule one can read.")
        rules.append(Rule(f"Clause {number} asks for it.", require=require))
    return Model(tuple(options), tuple(rules))


def _nothing(key: str) -> str:
    """What no product fulfils, as an empty clause does."""
    return f"{key} = yes and {key} = no"
