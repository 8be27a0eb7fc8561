"""COOM's conditions and tables written as the rules that makers write, for one instance of a structure."""

from collections.abc import Iterable, Iterator, Sequence

from configurator.options.bands import all_values
from configurator.options.conditions import compare
from configurator.options.coom_growing import Found, Growth, Way
from configurator.options.coom_syntax import (
    Amount,
    Calculated,
    Compared,
    Condition,
    Counted,
    Demanded,
    Denied,
    Operand,
    Part,
    Path,
    Row,
    Several,
    Sign,
    Summed,
    Table,
)
from configurator.options.coom_words import CoomFault
from configurator.options.model import Number, OneOf, Option, Rule
from configurator.options.resolving import nearest

Cells = tuple[str | tuple[str, ...], ...]


class Ruling:
    """Writes rules; what a path means depends on the instance that it is written for."""

    def __init__(self, growth: Growth, within: Way) -> None:
        self._growth = growth
        self._within = within

    def rules(self, demand: Demanded, what: Condition | Table) -> Iterator[Rule]:
        """The rules of one demand. Raises CoomFault."""
        because = _sentence(demand)
        when = self._said(Several("and", demand.conditions)) if demand.conditions else None
        if not isinstance(what, Table):
            yield Rule(because, when, self._said(what))
            return
        columns = [self._column(path) for path in what.columns]
        allowed = [cells for row in what.rows if row.allow and (cells := self._cells(columns, row)) is not None]
        if any(row.allow for row in what.rows):
            yield from _allowing(because, when, columns, allowed, what)
        for row in what.rows:
            cells = None if row.allow else self._cells(columns, row)
            if cells is not None:
                yield Rule(because, when, f"not ({_conjunction(columns, cells, row)})")

    def _said(self, condition: Condition) -> str:
        """A condition as an expression."""
        if isinstance(condition, Several):
            return f" {condition.how} ".join(self._part(part, among=condition.parts) for part in condition.parts)
        if isinstance(condition, Denied):
            return f"not ({self._said(condition.part)})"
        if isinstance(condition, Compared):
            return self._compared(condition)
        if isinstance(condition, Path):
            found = self._growth.find(condition, self._within)
            if found is not None and "True" in found.named and found.text is None:
                return f"{found.grown.option.key} = true"
        raise CoomFault("Expected a comparison, as in color = Red.", condition.place)

    def _part(self, part: Condition, *, among: Sequence[Condition]) -> str:
        said = self._said(part)
        return f"({said})" if isinstance(part, Several) and len(among) > 1 else said

    def _compared(self, compared: Compared) -> str:
        left, right = self._chosen(compared.left), self._chosen(compared.right)
        if left is not None and right is not None:
            return _alike(left, compared.sign, right, compared)
        if left is not None:
            return self._is(left, compared.sign, compared.right)
        if right is not None:
            return self._is(right, _mirrored(compared.sign), compared.left)
        if not any(_varies(each) for each in (compared.left, compared.right)):
            raise CoomFault("This is the same for every product. A comparison names a feature.", compared.left.place)
        return f"{self._amount(compared.left)} {compared.sign} {self._amount(compared.right)}"

    def _chosen(self, operand: Operand) -> Found | None:
        """The option that a path leads to, if its values or one of its attributes go by names and are no amount."""
        found = self._growth.find(operand, self._within) if isinstance(operand, Path) else None
        return found if found is not None and found.named else None

    def _is(self, found: Found, sign: Sign, value: Operand) -> str:
        """`option = value` for a value by its name, `option in (value, value)` for those of which a text is said."""
        return _among(found.grown.option.key, sign, self._keys_of(found, sign, value))

    def _keys_of(self, found: Found, sign: Sign, value: Operand) -> tuple[str, ...]:
        """The values that go by a name. Raises CoomFault for one that none has."""
        label, named = found.text or found.grown.option.label, found.named
        if sign not in ("=", "!="):
            raise CoomFault(f"“{label}” has no order; compare it with = or !=.", value.place)
        if found.text is not None and isinstance(value, Amount):
            raise CoomFault(f"“{label}” is a text; write it in quotes, as in '{value.number}'.", value.place)
        if not isinstance(value, Path):
            raise CoomFault(f"“{label}” is compared with one of its values.{_listed(named)}", value.place)
        if value.said not in named:
            near = nearest(value.said, named)
            raise CoomFault(f"“{label}” has no value “{value.said}”.{near}", value.place)
        return named[value.said]

    def _amount(self, operand: Operand) -> str:
        """A number, a number's option, the fact of what is chosen, or these so many times, added and subtracted."""
        parts = operand.parts if isinstance(operand, Calculated) else ((1, operand),)
        said = "".join(_plus(times, text) for own, part in parts for times, text in self._amounts_of(own, part))
        return said.removeprefix(" + ") if said.startswith(" + ") else f"0{said}"

    def _amounts_of(self, times: int, operand: Part) -> Iterator[tuple[int, str]]:
        if isinstance(operand, Amount):
            yield times * operand.number, ""
            return
        if isinstance(operand, Counted):
            yield times * self._growth.count(operand.path, self._within), ""
            return
        path = operand.path if isinstance(operand, Summed) else operand
        if isinstance(operand, Summed):
            all_found: Sequence[Found] = self._growth.find_all(path, self._within)
        else:
            all_found = [self._column(path)]
        for found in all_found:
            if found.fact is not None:
                yield times, f"sum({found.grown.option.key}.{found.fact})"
            elif isinstance(found.grown.option.domain, Number) and found.text is None:
                yield times, found.grown.option.key
            else:
                raise CoomFault(f"“{path.said}” is no number; name an attribute of it.", path.place)

    def _near(self, path: Path) -> str:
        return nearest(path.said, [feature.name for feature in self._growth.structure_at(self._within).features])

    def _column(self, path: Path) -> Found:
        found = self._growth.find(path, self._within)
        if found is None:
            raise CoomFault(f"There is no feature “{path.said}”.{self._near(path)}", path.place)
        return found

    def _cells(self, columns: Sequence[Found], row: Row) -> Cells | None:
        """The values of every cell; None if one of them holds for no value."""
        cells: list[str | tuple[str, ...]] = []
        for column, cell in zip(columns, row.cells, strict=True):
            if cell.ways is None:
                cells.append("*")
                continue
            everything = all_values(column.grown.option)
            held = [self._held(column, sign, value) for sign, value in cell.ways]
            keys = tuple(str(value) for value in everything if any(value in values for values in held))
            if not keys:
                return None
            cells.append("*" if len(keys) == len(everything) else keys)
        return tuple(cells)

    def _held(self, column: Found, sign: Sign, value: Operand) -> set[str | int]:
        """The values of a column's option that a cell's word stands for."""
        option = column.grown.option
        if isinstance(option.domain, OneOf) and column.fact is None:
            keys = self._keys_of(column, sign, value)
            return {each.key for each in option.domain.values if (each.key in keys) is (sign == "=")}
        if not isinstance(value, Amount):
            raise CoomFault(f"Expected a number for “{option.label}”.", value.place)
        amounts = _amounts(option, column.fact)
        return {chosen for chosen, amount in amounts if compare(sign, amount, value.number)}


def _amounts(option: Option, fact: str | None) -> list[tuple[str | int, int]]:
    """Every value of an option with the number that a table sees."""
    if isinstance(option.domain, OneOf):
        return [(value.key, value.facts.get(fact or "", 0)) for value in option.domain.values]
    return [(value, value) for value in all_values(option) if isinstance(value, int)]


def _allowing(
    because: str, when: str | None, columns: Sequence[Found], rows: Sequence[Cells], table: Table
) -> Iterator[Rule]:
    """The rule of the rows that are allowed: a table, or with conditions an expression."""
    keys = tuple(column.grown.option.key for column in columns)
    if not rows:
        raise CoomFault("No row of this table can ever hold. Mend or remove one.", table.place)
    if any(set(row) == {"*"} for row in rows):
        return
    if when is None:
        yield Rule(because, columns=keys, allow=tuple(rows))
        return
    ways = " or ".join(f"({_conjunction(columns, row, table)})" for row in rows)
    yield Rule(because, when, ways)


def _conjunction(columns: Sequence[Found], cells: Cells, owner: Row | Table) -> str:
    pairs = zip(columns, cells, strict=True)
    said = [f"{column.grown.option.key} in ({', '.join(cell)})" for column, cell in pairs if cell != "*"]
    if not said:
        raise CoomFault("This forbids everything. Name a value in one of its cells.", owner.place)
    return " and ".join(said)


def _alike(left: Found, sign: Sign, right: Found, compared: Compared) -> str:
    """Two features with the same value by its name, whatever keys it has become, or with the same text."""
    one, other = left.grown, right.grown
    if sign not in ("=", "!="):
        raise CoomFault(f"“{one.option.label}” has no order; compare it with = or !=.", compared.left.place)
    shared = {left.named[name]: right.named[name] for name in left.named if name in right.named}
    if not shared:
        labels = f"“{left.text or one.option.label}” and “{right.text or other.option.label}”"
        raise CoomFault(f"{labels} have no value in common.", compared.left.place)
    common = {(key,) for key in one.values.values()} & {(key,) for key in other.values.values()}
    if common == set(shared) and all(keys == same for keys, same in shared.items()):
        return f"{one.option.key} {sign} {other.option.key}"
    said = ((_among(one.option.key, "=", keys), _among(other.option.key, "=", same)) for keys, same in shared.items())
    pairs = (f"({first} and {second})" for first, second in said)
    return f"{'' if sign == '=' else 'not '}({' or '.join(pairs)})"


def _among(key: str, sign: Sign, values: Sequence[str]) -> str:
    if len(values) == 1:
        return f"{key} {sign} {values[0]}"
    return f"{'' if sign == '=' else 'not '}{key} in ({', '.join(values)})"


def _varies(operand: Operand) -> bool:
    """Whether an amount is not the same for every product."""
    parts = operand.parts if isinstance(operand, Calculated) else ((1, operand),)
    return any(times and not isinstance(part, Amount | Counted) for times, part in parts)


def _plus(times: int, text: str) -> str:
    """` + 2 * load`, ` - load`, ` + 3`; no times at all is 0."""
    sign = "-" if times < 0 else "+"
    if not times or not text:
        return f" {sign} {abs(times)}"
    return f" {sign} {text}" if abs(times) == 1 else f" {sign} {abs(times)} * {text}"


def _mirrored(sign: Sign) -> Sign:
    mirrored: dict[Sign, Sign] = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
    return mirrored.get(sign, sign)


def _listed(values: Iterable[str]) -> str:
    return f" There are: {', '.join(list(values)[:12])}."


def _sentence(demand: Demanded) -> str:
    """The maker's explanation as a sentence, or one that says where it stands."""
    text = " ".join(demand.explanation.split())
    if not text:
        return f"This is not made (line {demand.place.line})."
    return text if text.endswith((".", "!", "?")) else f"{text}."
