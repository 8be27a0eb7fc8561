"""Rule expressions as makers write them: read into syntax, with errors that say column and what was expected."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from configurator.errors import Invalid
from configurator.options.syntax import (
    MOST_DIGITS,
    Among,
    Calculated,
    Comparison,
    Expression,
    Joined,
    Not,
    Operator,
    Side,
    Sum,
    Word,
)

LONGEST = 100_000
LONGEST_WORD = 200
MOST_TIMES = 1_000
DEEPEST = 50
_TOKEN = re.compile(
    r"""\s*(?:(?P<sign><=|>=|!=|=|<|>|\(|\)|,|\.|\+|\*|-(?=\s))|(?P<quoted>"[^"]*"|'[^']*')|(?P<word>-?[^\W]+(?:-\w+)*))"""
)
_KEYWORDS = frozenset({"and", "or", "not", "in", "sum"})
_OPERATORS = ("=", "!=", "<", "<=", ">", ">=")


class RuleFault(Invalid):
    """A rule that cannot be read, or names what is not there. column, and of a table row, count from 1."""

    def __init__(self, sentence: str, *, column: int, row: int | None = None) -> None:
        super().__init__(sentence)
        self.column = column
        self.row = row


@lru_cache(maxsize=4096)
def parsed(text: str) -> Expression:
    """The expression a maker wrote. Raises RuleFault with the column and what was expected there."""
    if len(text) > LONGEST:
        raise RuleFault(f"A rule may be {LONGEST:,} characters long.", column=LONGEST + 1)
    return _Reader(_tokens(text), len(text) + 1).whole()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["sign", "word", "quoted", "end"]
    text: str
    column: int

    @property
    def said(self) -> str:
        return "the end" if self.kind == "end" else f"“{self.text}”"


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            column = at + len(text[at:]) - len(text[at:].lstrip()) + 1
            raise RuleFault(f"“{text[column - 1]}” has no meaning in a rule.{_meant(text[column - 1])}", column=column)
        kind = cast(Literal["sign", "word", "quoted"], found.lastgroup)
        tokens.append(_readable(_Token(kind, found[kind], found.start(kind) + 1)))
        at = found.end()
    return tokens


def _readable(token: _Token) -> _Token:
    """The token, if it is no longer than names and numbers may be."""
    if token.kind == "word" and token.text.lstrip("-").isdecimal() and len(token.text) > MOST_DIGITS:
        raise RuleFault(f"A number may have {MOST_DIGITS} digits.", column=token.column)
    if len(token.text) > LONGEST_WORD:
        raise RuleFault(f"A name or value may be {LONGEST_WORD} characters long.", column=token.column)
    return token


def _meant(sign: str) -> str:
    hints = {
        '"': " It needs a second one behind the value.",
        "'": " It needs a second one behind the value.",
        "&": " Write “and”.",
        "|": " Write “or”.",
        "!": " Write “not” or “!=”.",
        "[": " Write “(”.",
        "{": " Write “(”.",
        "/": " Multiply the other side instead, as in 2 * depth <= width.",
        "-": " It stands between two amounts, with a space on both sides.",
    }
    return hints.get(sign, "")


class _Reader:
    """Reads tokens by precedence as in Python: `or`, `and`, `not`, comparison."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self._tokens = [*tokens, _Token("end", "", end)]
        self._at = 0
        self._depth = 0

    def whole(self) -> Expression:
        expression = self._either()
        if self._next.kind != "end":
            raise self._expected("“and”, “or” or the end", self._joining())
        return expression

    def _joining(self) -> str:
        """What may have been meant by a word that stands where “and” could."""
        word, before = self._next, self._tokens[self._at - 1]
        if word.kind == "word" and word.text.casefold() in ("and", "or"):
            return f" Write it in small letters: “{word.text.casefold()}”."
        if word.text == ",":
            return " Join two conditions with “and” or “or”; several values of one option with in (…, …)."
        if word.kind == "word" and before.kind == "word" and before.text.lstrip("-").isdecimal():
            return " A number stands without its unit."
        return _spaced(word)

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _expected(self, what: str, hint: str = "") -> RuleFault:
        return RuleFault(f"Expected {what}, found {self._next.said}.{hint}", column=self._next.column)

    def _is(self, text: str) -> bool:
        return self._next.kind != "quoted" and self._next.text == text

    def _take(self, text: str) -> bool:
        if not self._is(text):
            return False
        self._at += 1
        return True

    def _need(self, text: str) -> None:
        if not self._take(text):
            raise self._expected(f"“{text}”")

    def _either(self) -> Expression:
        return self._joined("or", lambda: self._joined("and", self._negated))

    def _joined(self, how: Literal["and", "or"], part: Callable[[], Expression]) -> Expression:
        parts = [part()]
        while self._take(how):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Joined(how, tuple(parts))

    def _negated(self) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST:
            raise RuleFault("This rule is nested too deeply. Split it into several.", column=self._next.column)
        try:
            return Not(self._negated()) if self._take("not") else self._compared()
        finally:
            self._depth -= 1

    def _compared(self) -> Expression:
        if self._take("("):
            inside = self._either()
            self._need(")")
            return inside
        left = self._side()
        if isinstance(left, Word) and self._take("in"):
            return Among(left, self._values())
        if self._is("not"):
            raise RuleFault(
                "Write “not” before what it turns round, as in not rim in (gold).", column=self._next.column
            )
        if self._next.text in _OPERATORS and self._next.kind == "sign":
            operator = cast(Operator, self._next.text)
            self._at += 1
            if self._is("="):
                raise RuleFault("Write one “=”.", column=self._next.column)
            comparison = Comparison(left, operator, self._side())
            if self._next.text in _OPERATORS and self._next.kind == "sign":
                raise self._expected("“and” before another comparison")
            return comparison
        if isinstance(left, Word) and left.member is not None:
            return left
        raise self._expected("= != < <= > >= or “in”", _spaced(self._next))

    def _values(self) -> tuple[Word, ...]:
        self._need("(")
        values = [self._word("a value")]
        while self._take(","):
            values.append(self._word("a value"))
        self._need(")")
        return tuple(values)

    def _side(self) -> Side:
        """An operand, or several with `+` and `-` between them, each perhaps so many times."""
        parts = [self._times()]
        while self._is("+") or self._is("-"):
            sign = 1 if self._take("+") else -1
            self._at += sign < 0
            times, operand = self._times()
            parts.append((sign * times, operand))
        return parts[0][1] if len(parts) == 1 and parts[0][0] == 1 else Calculated(tuple(parts))

    def _times(self) -> tuple[int, Word | Sum]:
        """An operand, with a number before or behind it: `2 * depth`, `depth * 2`."""
        first = self._operand()
        if not self._take("*"):
            return 1, first
        second = self._operand()
        for factor, operand in ((first, second), (second, first)):
            if isinstance(factor, Word) and factor.number is not None and not self._is("*"):
                return self._moderate(factor), operand
        raise RuleFault("One of the two that “*” joins is a number, as in 2 * depth.", column=first.column)

    def _moderate(self, factor: Word) -> int:
        if factor.number is None or abs(factor.number) > MOST_TIMES:
            raise RuleFault(f"An amount is taken at most {MOST_TIMES:,} times.", column=factor.column)
        return factor.number

    def _operand(self) -> Word | Sum:
        column = self._next.column
        if self._take("sum"):
            self._need("(")
            inside = self._word("an option")
            if inside.member is None:
                raise self._expected("“.” and a fact, as in sum(parts.weight)")
            self._need(")")
            return Sum(inside.text, inside.member, column)
        return self._word("an option, a value or a number")

    def _word(self, what: str) -> Word:
        token = self._next
        if token.kind not in ("word", "quoted") or (token.kind == "word" and token.text in _KEYWORDS):
            raise self._expected(what)
        self._at += 1
        if token.kind == "quoted":
            return Word(token.text[1:-1], token.column, quoted=True)
        if self._is(".") and token.text.lstrip("-").isdecimal():
            raise RuleFault("Numbers in a rule are whole.", column=token.column)
        member = self._word("a member’s name").text if self._take(".") else None
        return Word(token.text, token.column, member)


def _spaced(word: _Token) -> str:
    """What may have been meant by a word that begins with “-”."""
    return " Write spaces around “-” to subtract." if word.kind == "word" and word.text.startswith("-") else ""
