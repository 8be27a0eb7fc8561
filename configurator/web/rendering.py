"""Pages and fragments: htmx gets the fragment, everyone else the whole page around it."""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping, MutableMapping
from pathlib import Path
from types import FunctionType
from typing import Any, Protocol

from jinja2 import Environment, StrictUndefined, Template, pass_context
from jinja2.runtime import Context, Macro
from litestar import Request, Response
from litestar.datastructures import Headers
from litestar.enums import MediaType
from litestar.utils.scope.state import ScopeState
from markupsafe import Markup

from configurator.blanks.shop import Shop
from configurator.options.recent import Recent
from configurator.web.hidden_fields import hidden_fields
from configurator.web.inlining import InliningLoader
from configurator.web.kept_templates import KeptTemplates
from configurator.web.parting import Cut, Leaf, parts_held
from configurator.web.resources import resource
from configurator.web.wiring import Wiring
from configurator.web.wording import wording

KEPT, MACROS_KEPT = 4000, 20_000
CUSTOMERS = ("shop/", "checkout/")
"""The folders of their templates."""

AnyRequest = Request[Any, Any, Any]


class Same(Protocol):
    """Something shown of which `same` is all that it looks like depends on; None: anew."""

    @property
    def same(self) -> Hashable | None:
        """What its text is kept under."""


class Direct(Context):
    """What a template knows while it is rendered. Functions are called without looking for other ways to call them.

    Those that take the context read what the whole page knows, never what a loop has set: Jinja would copy it all.
    """

    def call(self, thing: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        """As ever, for all that is no plain function."""
        if type(thing) is not FunctionType:
            return super().call(thing, *args, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        takes = thing.__dict__.get("jinja_pass_arg")
        if takes is None:
            return thing(*args, **named)
        return thing(self, *args, **named) if takes.name == "context" else super().call(thing, *args, **named)


class Pinned(Environment):
    """Templates and what all of them know stay as they are while it runs, so that both are looked up but once."""

    context_class = Direct

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._found: dict[str, Template] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """As ever; without globals of its own the one that was found before."""
        if globals is not None or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        return self._found.get(name) or self._found.setdefault(name, super().get_template(name, parent))

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """In one dictionary: Jinja chains two, and copies them one by one whenever something is rendered."""
        return {**self.globals, **(d or {})}


def environment(wiring: Wiring) -> Environment:
    """Jinja with everything escaped, undefined names as errors, and the words of this shop."""
    jinja = Pinned(
        loader=InliningLoader(resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=400,
        bytecode_cache=KeptTemplates(wiring.settings.var / "templates", _recipe(wiring.catalogue.shop)),
    )
    kept, kept_each = _keeping(jinja)
    jinja.globals.update(
        kept=kept,
        kept_each=kept_each,
        once=_remembering(),
        parts=_parts,
        asset=wiring.assets.url,
        shop=wiring.catalogue.shop,
        demo=wiring.settings.demo,
    )
    jinja.filters.update(wording(wiring.currency, wiring.catalogue.shop.timezone, wiring.catalogue.shop.locale))
    jinja.filters["hidden"] = hidden_fields
    stages = {key: blank.stage for key, blank in wiring.catalogue.blanks.items()}
    jinja.filters["stage"] = lambda key: stages.get(key, next(iter(stages.values())))
    return jinja


def rehearse_templates(wiring: Wiring) -> None:
    """Compile what customers see, which is kept as files: half a second in all, once after every upgrade."""
    jinja = environment(wiring)
    for name in jinja.list_templates(filter_func=lambda name: name.startswith(CUSTOMERS)):
        jinja.get_template(name)


def _recipe(shop: Shop) -> str:
    """What compiled templates depend on: the settings above and, where they are applied to constants, the filters."""
    sources = [Path(__file__).with_name(name).read_bytes() for name in ("rendering.py", "wording.py")]
    digest = hashlib.sha256(b"".join(sources)).hexdigest()
    return f"{digest} {shop.currency} {shop.locale} {shop.timezone}"


def _keeping(jinja: Environment) -> tuple[Callable[..., Markup], Callable[..., Markup]]:
    """`kept` and `kept_each`: a text that is the same for the same key is rendered and cut up once.

    `{{ kept(key, template, name=value) }}`: a key of None renders it anew. What it shows may be kept in pieces, too.
    `{{ kept_each(things, template, name) }}`: for each of some things that say what they depend on (`same`), which
    the template knows under a name; each is a part in a div of its own. One call, for a page may have dozens.
    """
    recent: Recent[Cut] = Recent(KEPT)

    def found(key: Hashable | None, template: str, values: Mapping[str, Any], *, apart: bool) -> Cut:
        def render() -> Cut:
            inner = Leaf()
            cut = inner.cut(jinja.get_template(template).render(leaf=inner, **values))
            return cut.apart() if apart else cut

        return render() if key is None else recent.get((template, key), render)

    @pass_context
    def kept(context: Context, key: Hashable | None, template: str, **values: Any) -> Markup:
        leaf: Leaf = context["leaf"]
        return leaf.mark(found(key, template, values, apart=False))

    @pass_context
    def kept_each(context: Context, things: Iterable[Same], template: str, name: str) -> Markup:
        leaf: Leaf = context["leaf"]
        return leaf.mark(Cut([found(thing.same, template, {name: thing}, apart=True) for thing in things]))

    return kept, kept_each


def _remembering() -> Callable[..., Markup]:
    """`{{ once(key, macro, value) }}`: as `kept`, of a macro that writes little; cut up with what is round it.

    The key names the values, whatever the macro; with None it is written anew.
    """
    recent: Recent[Markup] = Recent(MACROS_KEPT)

    def once(key: Hashable | None, macro: Macro, *values: object) -> Markup:
        def written() -> Markup:
            return Markup(macro(*values))  # noqa: S704 - a macro's text, escaped in it

        return written() if key is None else recent.get((macro.name, key), written)

    return once


@pass_context
def _parts(context: Context, cut: Cut) -> Markup:
    """`{{ parts(cut) }}`: a text that was cut up when it was made."""
    leaf: Leaf = context["leaf"]
    return leaf.mark(cut)


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
    ) -> Response[Any]:
        """The whole page, or the fragment alone when htmx asked for it."""
        chosen = fragment if fragment and wants_fragment(request.headers) else template
        leaf = Leaf()
        everything = {"request": request, "csrf": csrf_token(request), "leaf": leaf, **values}
        return Response(
            leaf.parted(self.text(chosen, everything), parts_held(request.headers)),
            media_type=MediaType.HTML,
            status_code=status,
            headers={"Vary": "HX-Request, HX-Request-Type", "Cache-Control": "no-store"},
        )


def csrf_token(request: AnyRequest) -> str:
    """The token a form must send back as `_csrf_token`."""
    return str(ScopeState.from_scope(request.scope).csrf_token or "")
