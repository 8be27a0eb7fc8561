"""The API's routes: GET only, no session, no cookie; refusals are JSON with a sentence."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request, get
from litestar.handlers import HTTPRouteHandler

from configurator.api.answers import Json, blank_json, configuration_json, promise_json
from configurator.api.overlooked import overlooked
from configurator.artwork.fonts import FontBook
from configurator.artwork.layout import lay_out
from configurator.blanks.catalogue import Catalogue
from configurator.designs.design import Design
from configurator.designs.designing import design_for, finished, lettered
from configurator.designs.permalink import read
from configurator.designs.pricing import components, price_each
from configurator.designs.sewing import sewn_areas, sewn_operations
from configurator.errors import Invalid
from configurator.production.promise import Promise
from configurator.production.wishes import Wish

LONGEST_QUERY = 30_000


class QueryIsTooLong(Invalid):
    """What would be cut off is never passed over in silence."""

    def __init__(self) -> None:
        super().__init__(f"A query has at most {LONGEST_QUERY:,} characters. Leave out what is as it was.")


def api_routes(
    current: Callable[[], Catalogue], fonts: FontBook, promised: Callable[[Wish], Promise | None]
) -> list[HTTPRouteHandler]:
    """Routes over the catalogue as it is now, with the faces that designs are laid out with: stitches cost too.

    promised: the date of what is wished for, if it is ordered now.
    """

    @get("/api/blanks", sync_to_thread=True)
    def blanks() -> list[Json]:
        """Every blank with its options and rules."""
        catalogue = current()
        return [blank_json(blank, catalogue.engine(key)) for key, blank in catalogue.blanks.items()]

    @get("/api/blanks/{key:str}", sync_to_thread=True)
    def blank(key: str) -> Json:
        """One blank with its options and rules."""
        catalogue = current()
        return blank_json(catalogue.blank(key), catalogue.engine(key))

    @get("/api/blanks/{key:str}/configuration", sync_to_thread=True)
    def configuration(key: str, request: Request[Any, Any, Any]) -> Json:
        """What the choices in the query make: complete and valid, whatever was sent."""
        catalogue = current()
        found, shop, engine = catalogue.blank(key), catalogue.shop, catalogue.engine(key)
        if len(request.url.query) > LONGEST_QUERY:
            raise QueryIsTooLong
        fields = parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=None)
        asked = read(fields, found, shop)
        designed = lettered(design_for(asked, found, shop, engine, fonts=fonts.fingerprint), fonts)
        elements, configuration = designed.design.elements, designed.design.configuration
        sewn = sewn_areas(lay_out(elements, found, configuration, shop, fonts))

        def priced(design: Design) -> int:
            return price_each(finished(design), found, shop, quantity=asked.quantity, sewn=sewn)

        design = finished(designed.design)
        steps, needs = sewn_operations(design, found, shop, sewn), components(design, found)
        promise = promised(Wish(steps, asked.quantity, "ship", None, needs))
        told = configuration_json(asked, designed, engine, priced, overlooked=overlooked(fields, found))
        return {**told, "promise": promise_json(promise)}

    return [blanks, blank, configuration]
