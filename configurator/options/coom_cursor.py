"""Reading COOM word by word: what comes next, what is expected, and operands and conditions, which stand everywhere."""

from collections.abc import Callable, Mapping
from typing import Literal, cast

from configurator.options.coom_syntax import (
    Amount,
    Calculated,
    Compared,
    Condition,
    Denied,
    Operand,
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
_ARITHMETIC = ("*", "/", "^")
_FUNCTIONS = ("count", "min", "max", "avg", "delta", "pow", "sqrt", "ceil", "floor", "round", "mod", "log", "ln")


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
        parts: list[Condition] = []
        while self.is_at(*_COMPARES):
            if not isinstance(left, Path | Amount | Summed | Calculated):
                raise self.expected("“&&”, “||” or the end of the condition")
            sign = self.sign()
            right = self.calculated()
            parts.append(Compared(left, sign, right))
            left = right
        self._refuse_arithmetic()
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

    def calculated(self) -> Operand:
        """An operand, or several with `+` and `-` between them."""
        first = self.operand()
        parts = list(first.parts) if isinstance(first, Calculated) else [(1, first)]
        while self.is_at("+", "-"):
            sign = 1 if self.take("+") else -1
            self.take("-" if sign < 0 else "")
            other = self.operand()
            more = other.parts if isinstance(other, Calculated) else ((1, other),)
            parts += [(sign * own, part) for own, part in more]
        return first if len(parts) == 1 else Calculated(tuple(parts))

    def operand(self) -> Operand:
        """A path, a value, a number, a sum, or what a define says."""
        place = self.place
        if self.next.kind == "number" or self.is_at("-"):
            return Amount(self.whole("a number"), place)
        called = self._words[min(self._at + 1, len(self._words) - 1)].text == "("
        if called and self.is_at(*_FUNCTIONS):
            raise CoomFault(f"“{self.next.text}()” cannot be read; of functions only sum() can.", place)
        if called and self.is_at("sum"):
            return self._summed(place)
        path = self.path("a feature, a value or a number")
        alone = len(path.steps) == 1 and path.steps[0].index is None
        return self.defines.get(path.said, path) if alone else path

    def _summed(self, place: Place) -> Summed:
        self.take("sum")
        self.need("(")
        path = self.path("a feature and its attribute, as in sum(wheel.weight)")
        self.need(")")
        return Summed(path, place)

    def _refuse_arithmetic(self) -> None:
        if self.is_at(*_ARITHMETIC):
            raise self.expected("a comparison or the end", " Of calculations only +, - and sum() can be read.")
