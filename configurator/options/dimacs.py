"""DIMACS CNF files: the formula, and the names that comments give to its variables.

Source: DIMACS challenge format (1993): `c` comments, one header `p cnf VARIABLES CLAUSES`, clauses end with 0.
A file that has other than its number of clauses is refused: most likely a part of it is missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from configurator.errors import Invalid
from configurator.options.cnf import Clause, Cnf

MOST_VARIABLES = 1_000_000
MOST_DIGITS = 12


class DimacsFault(Invalid):
    """A file that is no DIMACS CNF. line counts from 1."""

    def __init__(self, sentence: str, *, line: int) -> None:
        super().__init__(f"Line {line}: {sentence}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Dimacs:
    """A formula as its file has it; names: variable -> name, from comments such as `c 12 Rear wheel`."""

    cnf: Cnf
    names: Mapping[int, str] = field(default_factory=dict)


def read_dimacs(text: str) -> Dimacs:
    """The formula of a DIMACS file. Raises DimacsFault with the line and what was expected there."""
    header: _Header | None = None
    names: dict[int, str] = {}
    words: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("c"):
            names.update(_named(line))
        elif line.lstrip().startswith("p"):
            if header is not None:
                raise DimacsFault("There is a second header. A file holds one formula.", line=number)
            header = _header(line, number)
        elif line.strip().startswith("%"):
            break
        else:
            words += ((number, word) for word in line.split())
    if header is None:
        raise DimacsFault("Expected a header such as “p cnf 12 30” before the clauses.", line=1)
    clauses = tuple(_clauses(words, header.variables))
    if len(clauses) != header.clauses:
        told = f"The header says {header.clauses} clauses, and there are {len(clauses)}."
        raise DimacsFault(f"{told} Is the file whole? If it is, write {len(clauses)} there.", line=header.line)
    return Dimacs(Cnf(header.variables, clauses), {at: name for at, name in names.items() if at <= header.variables})


@dataclass(frozen=True, slots=True)
class _Header:
    variables: int
    clauses: int
    line: int


def _header(line: str, number: int) -> _Header:
    words = line.split()
    right = len(words) == 4 and words[:2] == ["p", "cnf"] and words[2].isdecimal() and words[3].isdecimal()
    if not right:
        raise DimacsFault(f"Expected “p cnf VARIABLES CLAUSES”, found “{line.strip()[:60]}”.", line=number)
    if len(words[2]) > len(str(MOST_VARIABLES)) or int(words[2]) > MOST_VARIABLES:
        raise DimacsFault(f"At most {MOST_VARIABLES:,} variables can be read.", line=number)
    if len(words[3]) > MOST_DIGITS:
        raise DimacsFault(f"“{words[3][:40]}” is no number of clauses.", line=number)
    return _Header(int(words[2]), int(words[3]), number)


def _clauses(words: list[tuple[int, str]], variables: int) -> Iterator[Clause]:
    clause: list[int] = []
    for number, word in words:
        literal = _literal(word, number, variables)
        if literal:
            clause.append(literal)
        else:
            yield tuple(clause)
            clause = []
    if clause:
        raise DimacsFault("The last clause does not end. Write 0 after it.", line=words[-1][0])


def _literal(word: str, number: int, variables: int) -> int:
    digits = word.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()):
        raise DimacsFault(f"Expected a variable’s number or 0, found “{word[:40]}”.", line=number)
    if len(digits) > len(str(MOST_VARIABLES)) or int(digits) > variables:
        raise DimacsFault(f"The header names {variables} variables, this is number {digits[:12]}.", line=number)
    return int(word)


def _named(line: str) -> Iterator[tuple[int, str]]:
    words = line.split(maxsplit=2)
    if len(words) > 2 and words[0] == "c" and words[1].isascii() and words[1].isdecimal() and len(words[1]) < 8:
        yield int(words[1]), words[2].strip()
