"""Where artwork lies on a drawing: a maker sees squares and a circle on it, moves four corners, copies the line."""

from dataclasses import dataclass

from litestar import Response, get
from markupsafe import Markup

from configurator.artwork.corner_aid import Corners, circle, corners_of, lying, square_mm, squares
from configurator.artwork.mockup import Side, mockup, views
from configurator.blanks.blank import Area, Blank, Surface
from configurator.blanks.reading_areas import corner_fault
from configurator.errors import NotFound
from configurator.web.guards import makers_only
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.samples import Samples
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring

LABELS = ("Top left", "Top right", "Bottom right", "Bottom left")
"""Of the area itself, as its designer reads it; on the drawing it may lie any way round."""


class NoSuchArea(NotFound):
    """A blank has no such print area, or none that has corners."""

    def __init__(self, key: str) -> None:
        which = f"There is no flat print area “{key}” on this blank" if key else "No print area of this blank is flat"
        super().__init__(f"{which}. Only what is flat has corners; what is round is a cylinder (docs/blanks.md).")


@dataclass(frozen=True)
class Lying:
    """An area in a view with its corners tried. fault: why they cannot be used; empty when they can.

    picture: the product as it would look; squares and circle: SVG paths in the drawing's units, as view_box.
    """

    area: Area
    view: str
    corners: Corners
    fault: str
    picture: Markup
    view_box: str
    squares: str
    circle: str
    square_mm: float

    @property
    def line(self) -> str:
        """The surface as it stands in blank.toml."""
        numbers = ", ".join(f"{round(value, 1):g}" for corner in self.corners for value in corner)
        return f'{{ kind = "quad", view = "{self.view}", corners = [{numbers}] }}'


@get("/workshop/blanks/{key:str}/corners", guards=[makers_only], sync_to_thread=True)
def corners(key: str, request: AnyRequest, wiring: Wiring, samples: Samples, pages: Pages) -> Response[str]:
    """The drawing with one area's corners, as asked for or as they are."""
    blank = wiring.catalogue.blank(key)
    asked = {name: str(value) for name, value in request.query_params.items()}
    choices = flat_areas(blank)
    area, view = _chosen(choices, asked.get("area", ""), asked.get("view", ""))
    found = _lying(blank, area, view, _tried(asked, corners_of(area, view)), samples)
    values = {**frame(request, wiring, "blanks"), "blank": blank, "lying": found, "choices": choices, "labels": LABELS}
    return pages.page(request, "workshop/corners.html", values, fragment="workshop/_corners.html")


def flat_areas(blank: Blank) -> list[tuple[Area, str]]:
    """The print areas and the views in which they may have corners: a bent surface has none."""
    pairs = [(area, view) for area in blank.areas for view in views(blank)]
    return [(area, view) for area, view in pairs if area.seen_in(view).surface.kind != "cylinder"]


def _chosen(choices: list[tuple[Area, str]], key: str, view: str) -> tuple[Area, str]:
    """What was asked for; else what is seen at an angle already, else the first."""
    wanted = [pair for pair in choices if not key or pair[0].key == key]
    if not wanted:
        raise NoSuchArea(key)
    exact = [pair for pair in wanted if pair[1] == view]
    angled = [pair for pair in wanted if _surface(pair).kind == "quad" and _surface(pair).view == pair[1]]
    return (exact or angled or wanted)[0]


def _surface(pair: tuple[Area, str]) -> Surface:
    """How an area lies in a view."""
    return pair[0].seen_in(pair[1]).surface


def _tried(asked: dict[str, str], known: Corners) -> Corners:
    """The corners typed; one that is no number stays where it is."""

    def number(name: str, now: float) -> float:
        try:
            typed = float(asked.get(name, "").replace(",", "."))
        except ValueError:
            return now
        return typed if abs(typed) < 10_000 else now

    return tuple((number(f"x{n}", x), number(f"y{n}", y)) for n, (x, y) in enumerate(known, 1))


def _lying(blank: Blank, area: Area, view: str, corners: Corners, samples: Samples) -> Lying:
    fault = corner_fault(corners, area.size_mm)
    tried = blank if fault else lying(blank, area, view, corners)
    laid = next(one for one in tried.areas if one.key == area.key).seen_in(view)
    chosen = samples.sample(blank).design.configuration
    picture = mockup(tried, chosen, samples.scenes(blank), id_prefix="corners-", side=Side(view))
    drawn = not fault
    return Lying(
        area=area,
        view=view,
        corners=corners,
        fault=fault,
        picture=Markup(picture),  # noqa: S704 our own drawing, checked when the blank was read
        view_box=picture.partition('viewBox="')[2].partition('"')[0],
        squares=squares(laid) if drawn else "",
        circle=circle(laid) if drawn else "",
        square_mm=square_mm(area),
    )


ROUTES = [corners]
