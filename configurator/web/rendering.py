"""Pages and fragments: htmx gets the fragment, everyone else the whole page around it."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.datastructures import Headers
from litestar.enums import MediaType
from litestar.utils.scope.state import ScopeState
from markupsafe import Markup

from configurator.web.parting import parted, parts_held
from configurator.web.recent import Recent
from configurator.web.resources import resource
from configurator.web.wiring import Wiring
from configurator.web.wording import wording

KEPT = 600

AnyRequest = Request[Any, Any, Any]


def environment(wiring: Wiring) -> Environment:
    """Jinja with everything escaped, undefined names as errors, and the words of this shop."""
    jinja = Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=400,
    )
    jinja.globals.update(
        kept=_keeping(jinja), asset=wiring.assets.url, shop=wiring.catalogue.shop, demo=wiring.settings.demo
    )
    jinja.filters.update(wording(wiring.currency, wiring.catalogue.shop.timezone, wiring.catalogue.shop.locale))
    stages = {key: blank.stage for key, blank in wiring.catalogue.blanks.items()}
    jinja.filters["stage"] = lambda key: stages.get(key, next(iter(stages.values())))
    return jinja


def _keeping(jinja: Environment) -> Callable[..., Markup]:
    """`{{ kept(key, template, name=value) }}`: a part that is the same for the same key is rendered once.

    A key of None renders it anew.
    """
    recent: Recent[Markup] = Recent(KEPT)

    def kept(key: Hashable | None, template: str, **values: Any) -> Markup:
        def render() -> Markup:
            return Markup(jinja.get_template(template).render(**values))  # noqa: S704 - rendered with escaping

        return render() if key is None else recent.get((template, key), render)

    return kept


def wants_fragment(headers: Headers) -> bool:
    """Whether htmx asked for a part of the page it will swap in."""
    return headers.get("HX-Request") == "true" and headers.get("HX-Request-Type") == "partial"


class Pages:
    """Renders templates. `page` answers htmx with `fragment` and everyone else with `template`."""

    def __init__(self, wiring: Wiring) -> None:
        self._jinja = environment(wiring)

    def text(self, template: str, values: Mapping[str, Any]) -> str:
        """A template's text."""
        return self._jinja.get_template(template).render(**values)

    def page(
        self,
        request: AnyRequest,
        template: str,
        values: Mapping[str, Any],
        *,
        fragment: str | None = None,
        status: int = 200,
    ) -> Response[str]:
        """The whole page, or the fragment alone when htmx asked for it."""
        chosen = fragment if fragment and wants_fragment(request.headers) else template
        everything = {"request": request, "csrf": csrf_token(request), **values}
        return Response(
            parted(self.text(chosen, everything), parts_held(request.headers)),
            media_type=MediaType.HTML,
            status_code=status,
            headers={"Vary": "HX-Request, HX-Request-Type", "Cache-Control": "no-store"},
        )


def csrf_token(request: AnyRequest) -> str:
    """The token a form must send back as `_csrf_token`."""
    return str(ScopeState.from_scope(request.scope).csrf_token or "")
