"""Reading COOM word by word: what comes next, what is expected, and operands and conditions, which stand everywhere."""

from collections.abc import Callable, Mapping
from typing import Literal, cast

from configurator.options.coom_syntax import (
    Amount,
    Calculated,
    Compared,
    Condition,
    Counted,
    Denied,
    Operand,
    Parts,
    Path,
    Several,
    Sign,
    Step,
    Summed,
)
from configurator.options.coom_words import CoomFault, Place, Word

DEEPEST = 40
LARGEST = 1_000_000_000
_SIGNS: Mapping[str, Sign] = {"==": "=", "≤": "<=", "≥": ">=", "≠": "!="}
_COMPARES = ("=", "!=", "<", "<=", ">", ">=", *_SIGNS)
_FOREIGN = ("/", "^", "⊇", "contains")
_FUNCTIONS = ("min", "max", "avg", "delta", "pow", "sqrt", "ceil", "floor", "round", "mod", "log", "ln")


class Cursor:
    """Stands before one word of a file. defines: names that stand for operands."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self._words = words
        self._at = 0
        self._depth = 0
        self.defines: dict[str, Operand] = {}

    @property
    def next(self) -> Word:
        """The word it stands before."""
        return self._words[self._at]

    @property
    def place(self) -> Place:
        """Where that is."""
        return self.next.place

    def ended(self) -> bool:
        """Whether nothing is left."""
        return self.next.kind == "end"

    def is_at(self, *texts: str) -> bool:
        """Whether one of these comes next; a quoted text is none of them."""
        return self.next.kind not in ("text", "end") and self.next.text in texts

    def take(self, *texts: str) -> bool:
        """Go past one of these if it comes next."""
        if not self.is_at(*texts):
            return False
        self._at += 1
        return True

    def constant(self, what: str) -> str:
        """A name, a text or a number, as it is written."""
        word = self.next
        if word.kind not in ("name", "text", "number"):
            raise self.expected(what)
        self._at += 1
        return word.text

    def need(self, text: str, *, hint: str = "") -> None:
        """Go past it. Raises CoomFault if something else comes next."""
        if not self.take(text):
            raise self.expected(f"“{text}”", hint)

    def expected(self, what: str, hint: str = "") -> CoomFault:
        """The fault of something else coming next."""
        return CoomFault(f"Expected {what}, found {self.next.said}.{hint}", self.place)

    def name(self, what: str) -> str:
        """A name, in quotes or without."""
        word = self.next
        if word.kind not in ("name", "text") or not word.text.strip():
            raise self.expected(what)
        self._at += 1
        return word.text

    def whole(self, what: str) -> int:
        """A whole number, perhaps negative."""
        place, sign = self.place, -1 if self.take("-") else 1
        word = self.next
        if word.kind != "number":
            raise self.expected(what)
        if not word.text.isdecimal() or len(word.text) > len(str(LARGEST)):
            raise CoomFault(f"{word.said} is no whole number up to {LARGEST:,}. Count in smaller units.", place)
        self._at += 1
        return sign * int(word.text)

    def path(self, what: str) -> Path:
        """`frontWheel.size` or `bags[1].colour`."""
        steps = [self._step(what)]
        while self.take("."):
            steps.append(self._step("a name"))
        return Path(tuple(steps))

    def _step(self, what: str) -> Step:
        place = self.place
        name, index = self.name(what), None
        if self.take("["):
            index = self.whole("a number, counting from 0")
            self.need("]")
        return Step(name, index, place)

    def condition(self) -> Condition:
        """Compared operands joined by `||`, `&&` and `!`."""
        return self._joined("or", "||", lambda: self._joined("and", "&&", self._denied))

    def _joined(self, how: Literal["and", "or"], sign: str, part: Callable[[], Condition]) -> Condition:
        parts = [part()]
        while self.take(sign):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Several(how, tuple(parts))

    def _denied(self) -> Condition:
        self._depth += 1
        if self._depth > DEEPEST:
            raise CoomFault("This is nested too deeply. Split it into several requirements.", self.place)
        try:
            return Denied(self._denied()) if self.take("!") else self._compared()
        finally:
            self._depth -= 1

    def _compared(self) -> Condition:
        left = self._inside() if self.is_at("(") else self.calculated()
        if isinstance(left, Operand) and self.is_at("+", "-", "*"):
            left = self.calculated(_parts(left))
        parts: list[Condition] = []
        while self.is_at(*_COMPARES):
            if not isinstance(left, Operand):
                raise self.expected("“&&”, “||” or the end of the condition")
            sign = self.sign()
            right = self.calculated()
            parts.append(Compared(left, sign, right))
            left = right
        return left if not parts else parts[0] if len(parts) == 1 else Several("and", tuple(parts))

    def _inside(self) -> Condition:
        self.need("(")
        inside = self.condition()
        self.need(")")
        return inside

    def sign(self) -> Sign:
        """A comparison's sign, which must come next."""
        text = self.next.text
        if not self.take(*_COMPARES):
            raise self.expected("= != < <= > or >=")
        return _SIGNS.get(text) or cast(Sign, text)

    def compares(self) -> bool:
        """Whether a comparison's sign comes next."""
        return self.is_at(*_COMPARES)

    def calculated(self, first: Parts | None = None) -> Operand:
        """An operand, or several with `+` and `-` between them, each perhaps so many times; first: read already."""
        parts = list(self._product(first))
        while self.is_at("+", "-"):
            sign = 1 if self.take("+") else -1
            self.take("-" if sign < 0 else "")
            parts += [(sign * times, operand) for times, operand in self._product()]
        return parts[0][1] if len(parts) == 1 and parts[0][0] == 1 else Calculated(tuple(parts))

    def _product(self, first: Parts | None = None) -> Parts:
        """What stands between two signs: an operand, brackets, or a number times one of these."""
        place = self.place
        product = first or self._factor()
        while self.take("*"):
            product = _multiplied(product, self._factor(), place)
        if self.is_at(*_FOREIGN):
            raise self.expected(
                "a comparison or the end", " Of calculations only +, -, *, sum() and count() can be read."
            )
        return product

    def _factor(self) -> Parts:
        if self.is_at("-") and self._words[self._at + 1].kind != "number":
            self.take("-")
            return tuple((-times, operand) for times, operand in self._nested())
        return self._nested() if self.is_at("(") else _parts(self.operand())

    def _nested(self) -> Parts:
        if not self.is_at("("):
            return _parts(self.operand())
        self._depth += 1
        if self._depth > DEEPEST:
            raise CoomFault("This is nested too deeply. Split it into several requirements.", self.place)
        self.need("(")
        inside = self.calculated()
        self.need(")")
        self._depth -= 1
        return _parts(inside)

    def operand(self) -> Operand:
        """A path, a value, a number, a sum, or what a define says."""
        place = self.place
        if self.next.kind == "number" or self.is_at("-"):
            return Amount(self.whole("a number"), place)
        called = self._words[min(self._at + 1, len(self._words) - 1)].text == "("
        if called and self.is_at(*_FUNCTIONS):
            raise CoomFault(f"“{self.next.text}()” cannot be read; of functions only sum() and count() can.", place)
        if called and self.take("sum"):
            return Summed(self._argument("a feature and its attribute, as in sum(wheel.weight)"), place)
        if called and self.take("count"):
            return Counted(self._argument("a feature, as in count(wheel)"), place)
        path = self.path("a feature, a value or a number")
        alone = len(path.steps) == 1 and path.steps[0].index is None
        return self.defines.get(path.said, path) if alone else path

    def _argument(self, what: str) -> Path:
        self.need("(")
        path = self.path(what)
        self.need(")")
        return path


def _parts(operand: Operand) -> Parts:
    return operand.parts if isinstance(operand, Calculated) else ((1, operand),)


def _multiplied(one: Parts, other: Parts, place: Place) -> Parts:
    """The product of two of which one is a number."""
    for factor, parts in ((_number(one), other), (_number(other), one)):
        if factor is not None and abs(factor) <= LARGEST:
            return tuple((factor * times, operand) for times, operand in parts)
    raise CoomFault("One of the two that “*” joins is a number, as in 2 * load.", place)


def _number(parts: Parts) -> int | None:
    """What comes to the same whatever is chosen; None if a feature is named."""
    numbers = [times * operand.number for times, operand in parts if isinstance(operand, Amount)]
    return sum(numbers) if len(numbers) == len(parts) else None
