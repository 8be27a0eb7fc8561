"""Letters of an uploaded drawing become outlines, shaped as those that customers type, before anything else is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from configurator.artwork.bidi import visual_runs
from configurator.artwork.fonts import Face, FontBook
from configurator.artwork.text import JOINED, Line, script_of, shaped_line
from configurator.geometry import Affine, PathData, mapped
from configurator.uploads.letter_faces import LetterFaces
from configurator.uploads.letter_places import Letter, Places, lines
from configurator.uploads.letter_style import LetterStyle, cannot_be_set
from configurator.uploads.limits import MOST_DEPTH
from configurator.uploads.refusing import Unusable
from configurator.uploads.svg_elements import SVG, TOO_DEEP, local_name

HANGS = 0.8
"""Of the rise: where letters that hang have their line."""


def outline_letters(root: Element, classes: Mapping[str, Mapping[str, str]], book: FontBook | None) -> str:
    """Every text as paths in its place; what its customer has to look at. Raises Unusable for what cannot be set.

    book: None leaves them as they are.
    """
    if book is None or not any(local_name(node) == "text" for node in root.iter()):
        return ""
    setter = _Setter(classes, LetterFaces(book), Places(classes))
    setter.walk(root, LetterStyle().of(root.attrib, classes), 0)
    return setter.faces.doubt


@dataclass
class _Setter:
    classes: Mapping[str, Mapping[str, str]]
    faces: LetterFaces
    places: Places
    pen: tuple[float, float] = field(default=(0, 0))

    def walk(self, node: Element, style: LetterStyle, depth: int) -> None:
        if depth > MOST_DEPTH:
            raise Unusable(TOO_DEEP)
        for at, child in enumerate(node):
            name, own = local_name(child), style.of(child.attrib, self.classes)
            if name == "text":
                node[at] = self._outlined(child, own, clips=local_name(node) == "clipPath")
            elif name:
                self.walk(child, own, depth + 1)

    def _outlined(self, node: Element, style: LetterStyle, *, clips: bool) -> Element:
        if style.hidden:
            return Element(f"{SVG}g")
        group, letters = self.places.read(node, style)
        _check(letters)
        self.pen = (0, 0)
        drawn = [(run[0].holder, data) for line in lines(letters) for run, data in self._set(line)]
        if clips:
            return Element(f"{SVG}path", {**group.attrib, "d": "".join(data for _, data in drawn)})
        for holder, data in drawn:
            SubElement(holder, f"{SVG}path", {"d": data, "fill-rule": "nonzero"})
        return group

    def _set(self, line: list[list[Letter]]) -> Iterator[tuple[list[Letter], str]]:
        """The runs of a line with their outlines; the pen comes to its end."""
        if len(line) > 1 and any(each.rtl for run in line for each in visual_runs(_text(run))):
            cannot_be_set("run from right to left in several parts")
        shaped = [_Run(run, *self._shaped(run)) for run in line]
        first = line[0][0]
        wide = sum(run.advance for run in shaped) + sum(run[0].dx for run in line[1:])
        x = self.pen[0] if first.x is None else first.x
        y = self.pen[1] if first.y is None else first.y
        x -= wide * first.style.rightward
        for run in shaped:
            x, y = x + run.letters[0].dx, y + run.letters[0].dy
            yield run.letters, _written(run.outlines(x, y + run.lowered))
            x += run.advance
        self.pen = x, y

    def _shaped(self, run: list[Letter]) -> tuple[Face, Line]:
        text, style = _text(run), run[0].style
        if visual_runs(text) != visual_runs(text, int(style.right_to_left)):
            cannot_be_set("run in two directions")
        face = self.faces.face(style)
        line = shaped_line(text, face.key, self.faces.book)
        if line.missing:
            cannot_be_set(f"have “{line.missing[0]}”, which no font here has")
        keys = (key.rpartition("/")[0] for key in line.outlines)
        self.faces.lent(face, keys)
        return face, line


@dataclass(frozen=True)
class _Run:
    letters: list[Letter]
    face: Face
    line: Line

    @property
    def style(self) -> LetterStyle:
        return self.letters[0].style

    @property
    def advance(self) -> float:
        return sum(self._advances())

    @property
    def lowered(self) -> float:
        """How far below its place the letters' own baseline lies."""
        size, (above, below) = self.style.size, self.face.rises
        lines = {
            "middle": self.face.x_height / 2,
            "central": (above - below) / 2,
            "hanging": above * HANGS,
            **dict.fromkeys(("text-before-edge", "before-edge", "text-top"), above),
            **dict.fromkeys(("text-after-edge", "after-edge", "ideographic", "text-bottom"), -below),
            **dict.fromkeys(("auto", "alphabetic", "baseline"), 0.0),
        }
        if self.style.baseline not in lines:
            cannot_be_set("lie on a line that is not known here")
        return lines[self.style.baseline] * size

    def outlines(self, x: float, y: float) -> Iterator[PathData]:
        """Of all letters, from the left end of the baseline."""
        size = self.style.size
        for cluster, advance in zip(self.line.clusters, self._advances(), strict=True):
            for key, across, down, unit in cluster.glyphs:
                by = Affine(unit * size, 0, 0, -unit * size, x + across * size, y + down * size)
                yield mapped(self.line.outlines[key], by)
            x += advance

    def _advances(self) -> Iterator[float]:
        between, words = self.style.space("letter-spacing"), self.style.space("word-spacing")
        for cluster in self.line.clusters:
            more = 0 if cluster.joined else between
            yield cluster.advance * self.style.size + more + (words if cluster.text == " " else 0)


def _check(letters: list[Letter]) -> None:
    """Raises Unusable for letters that hang together and were torn apart, and for what cannot be set as it says."""
    runs = [run for line in lines(letters) for run in line]
    for run, after in pairwise(runs):
        if {script_of(letter.text) for letter in (run[-1], after[0])} <= JOINED:
            cannot_be_set("hang together and are placed one by one")
    for run in runs:
        run[0].style.check()


def _text(run: list[Letter]) -> str:
    return "".join(letter.text for letter in run)


def _written(paths: Iterator[PathData]) -> str:
    commands = (command for path in paths for command in path)
    return "".join(letter + " ".join(f"{number:.7g}" for number in numbers) for letter, numbers in commands)
