"""Where letters of an uploaded drawing stand: their places as text and tspans say them, one letter after the other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from xml.etree.ElementTree import Element

from configurator.uploads.letter_style import LetterStyle, cannot_be_set, length
from configurator.uploads.limits import MOST_DEPTH, MOST_LETTERS
from configurator.uploads.refusing import Unusable
from configurator.uploads.svg_elements import SVG, TOO_DEEP, local_name, refuse

_NOT_PAINTED = frozenset({"title", "desc", "metadata", "set", "animate"})
_BLANK = " \t\r\n"


@dataclass(slots=True)
class Letter:
    """A letter as it is read. holder: the group that its outline comes to. x, y: None where the last one ends."""

    text: str
    holder: Element
    style: LetterStyle
    x: float | None = None
    y: float | None = None
    dx: float = 0
    dy: float = 0
    kept: bool = True

    @property
    def placed(self) -> bool:
        """Whether it begins a line of its own, anchored for itself."""
        return self.x is not None or self.y is not None


@dataclass
class Places:
    """Reads the text elements of one drawing."""

    classes: Mapping[str, Mapping[str, str]]
    count: int = 0
    _letters: list[Letter] = field(default_factory=list)
    _spans: list[tuple[Element, LetterStyle, int, int]] = field(default_factory=list)

    def read(self, node: Element, style: LetterStyle) -> tuple[Element, list[Letter]]:
        """A text as a group without letters, painted as it is, and its letters. Raises Unusable."""
        self._letters, self._spans = [], []
        group = self._gathered(node, style, 0)
        _collapse(self._letters)
        for part, own, start, end in sorted(self._spans, key=lambda span: (span[2], -span[3])):
            self._place(part, own, [letter for letter in self._letters[start:end] if letter.kept])
        return group, [letter for letter in self._letters if letter.kept]

    def _gathered(self, node: Element, style: LetterStyle, depth: int) -> Element:
        if depth > MOST_DEPTH:
            raise Unusable(TOO_DEEP)
        group, start = Element(f"{SVG}g", _painted(node)), len(self._letters)
        self._add(node.text, group, style)
        for child in node:
            name, own = local_name(child), style.of(child.attrib, self.classes)
            if name in ("tspan", "a"):
                if not own.hidden:
                    group.append(self._gathered(child, own, depth + 1))
            elif name == "textPath":
                cannot_be_set("run along a line")
            elif name and name not in _NOT_PAINTED:
                refuse(name)
            self._add(child.tail, group, style)
        self._spans.append((node, style, start, len(self._letters)))
        return group

    def _add(self, text: str | None, holder: Element, style: LetterStyle) -> None:
        if not text:
            return
        self.count += len(text)
        if self.count > MOST_LETTERS:
            raise Unusable(f"This SVG has more than {MOST_LETTERS:,} letters. Save it as PDF or PNG and send that.")
        self._letters += [Letter(style.said(letter), holder, style) for letter in text]

    def _place(self, node: Element, style: LetterStyle, letters: list[Letter]) -> None:
        if node.get("textLength"):
            cannot_be_set("are spread over a length")
        if any(length(turn, 1) for turn in _listed(node, "rotate")):
            cannot_be_set("are turned one by one")
        for name in ("x", "y", "dx", "dy"):
            lengths = (length(text, style.size) for text in _listed(node, name))
            for letter, value in zip(letters, lengths, strict=False):
                setattr(letter, name, value)


def _listed(node: Element, name: str) -> list[str]:
    return node.get(name, "").replace(",", " ").split()


def lines(letters: list[Letter]) -> Iterator[list[list[Letter]]]:
    """Lines that are anchored for themselves, each as runs that are shaped as one."""
    starts = [at for at, letter in enumerate(letters) if at == 0 or letter.placed]
    for start, end in pairwise((*starts, len(letters))):
        yield list(_runs(letters[start:end]))


def _runs(line: list[Letter]) -> Iterator[list[Letter]]:
    moves, numbers = 0, []
    for letter in line:
        moves += bool(letter.dx or letter.dy)
        numbers.append((moves, id(letter.holder)))
    for _, group in groupby(range(len(line)), key=lambda at: numbers[at]):
        yield [line[at] for at in group]


def _painted(node: Element) -> dict[str, str]:
    """What of a text says how it is painted: not where its letters stand."""
    gone = {"x", "y", "dx", "dy", "rotate", *(() if local_name(node) == "text" else ("transform", "id"))}
    return {name: value for name, value in node.attrib.items() if name not in gone}


def _collapse(letters: list[Letter]) -> None:
    """Blanks in a row are one, and none stands at either end, unless every one counts; no line breaks."""
    last: Letter | None = None
    for letter in letters:
        if letter.text in _BLANK:
            letter.text = " "
            letter.kept = letter.style.preserves or (last is not None and last.text != " ")
        if letter.kept:
            last = letter
    if last and last.text == " " and not last.style.preserves:
        last.kept = False
