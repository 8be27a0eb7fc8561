"""Where artwork lies on a drawing: a maker sees squares and a circle on it, moves four corners, copies the line."""

from dataclasses import dataclass

from litestar import Response, get
from markupsafe import Markup

from configurator.artwork.corner_aid import Corners, circle, corners_of, lying, square_mm, squares
from configurator.artwork.mockup import Side, mockup, views
from configurator.blanks.blank import Area, Blank
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
    """A blank has no such print area."""

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no print area “{key}” on this blank. Choose one from the list.")


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
    area = _area(blank, asked.get("area", ""))
    view = asked["view"] if asked.get("view") in views(blank) else _view(area)
    found = _lying(blank, area, view, _tried(asked, corners_of(area, view)), samples)
    choices = [(one, each) for one in blank.areas for each in views(blank)]
    values = {**frame(request, wiring, "blanks"), "blank": blank, "lying": found, "choices": choices, "labels": LABELS}
    return pages.page(request, "workshop/corners.html", values, fragment="workshop/_corners.html")


def _area(blank: Blank, key: str) -> Area:
    if not key:
        return next(
            (one for one in blank.areas if any(s.kind == "quad" for s in (one.surface, *one.also))), blank.areas[0]
        )
    found = next((one for one in blank.areas if one.key == key), None)
    if found is None:
        raise NoSuchArea(key)
    return found


def _view(area: Area) -> str:
    """The view in which it is seen at an angle, if there is one."""
    return next((one.view for one in (area.surface, *area.also) if one.kind == "quad"), area.surface.view)


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
