"""Probes: what the atoms of the rules see of one option's value."""

from dataclasses import dataclass

from configurator.options.formula import Atom, Is, Term, Total
from configurator.options.model import Chosen


@dataclass(frozen=True)
class Probe:
    """How an atom sees one option: by whether it holds, or by what the option adds to a sum over several."""

    atom: Is | Total
    term: Term | None

    @property
    def alone(self) -> Total | None:
        """The sum that this option alone decides, if it is one."""
        return self.atom if isinstance(self.atom, Total) and len(self.atom.terms) == 1 else None

    def of(self, chosen: Chosen) -> int:
        """What it sees of a chosen value."""
        if self.term is None:
            return int(isinstance(self.atom, Is) and chosen in self.atom.values)
        amount = self.term.amount(chosen)
        return int(self.alone.allows(amount)) if self.alone else amount


def probes_of(key: str, atoms: tuple[Atom, ...]) -> tuple[Probe, ...]:
    """The probes of the atoms that speak of a OneOf, Number or Mix option, each once."""
    probes: dict[Probe, None] = {}
    for atom in atoms:
        if isinstance(atom, Is) and atom.option == key:
            probes[Probe(atom, None)] = None
        elif isinstance(atom, Total):
            probes.update((Probe(atom, term), None) for term in atom.terms if term.option == key)
    return tuple(probes)
