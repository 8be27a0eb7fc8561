"""A DIMACS formula as a model: every variable an option that is no or yes, every clause a rule."""

from configurator.options.dimacs import Dimacs
from configurator.options.model import Model, OneOf, Option, Rule, Value
from configurator.options.naming import key_of, label_of

_NO_OR_YES = OneOf((Value("no", "No"), Value("yes", "Yes")), "no")


def formula_model(dimacs: Dimacs) -> Model:
    """The model with exactly the formula's models as its products."""
    keys: dict[int, str] = {}
    taken: set[str] = set()
    options = []
    for variable in range(1, dimacs.cnf.variables + 1):
        name = dimacs.names.get(variable, f"v{variable}")
        keys[variable] = key_of(name, taken)
        taken.add(keys[variable])
        options.append(Option(keys[variable], label_of(name), "equipment", _NO_OR_YES))
    rules = []
    for number, clause in enumerate(dimacs.cnf.clauses, start=1):
        ways = (f"{keys[abs(literal)]} = {'yes' if literal > 0 else 'no'}" for literal in clause)
        rules.append(Rule(f"Clause {number} asks for it.", require=" or ".join(ways) or _nothing(keys[1])))
    return Model(tuple(options), tuple(rules))


def _nothing(key: str) -> str:
    """What no product fulfils, as an empty clause does."""
    return f"{key} = yes and {key} = no"
