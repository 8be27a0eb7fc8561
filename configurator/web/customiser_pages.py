"""The customiser: one GET form whose address is the state; its main button puts the design into the cart."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from configurator.errors import Invalid
from configurator.orders.cart import Wanted, add_to_cart, replace_line
from configurator.web.carrying import carried
from configurator.web.customising import Workbench, answer, fresh, line_of, shorter
from configurator.web.date_choices import LATER
from configurator.web.forms import Form, Pairs, address, query_pairs
from configurator.web.long_addresses import unfolded
from configurator.web.rendering import AnyRequest
from configurator.web.studio import Step, Studio
from configurator.web.visitors import cart_token, hashed, new_token, remember
from configurator.web.wiring import Wiring


@get("/blanks/{key:str}", sync_to_thread=True)
def customiser(key: str, request: AnyRequest, bench: Workbench) -> Response[Any]:
    """The customiser of a blank in the state its address says; `from`: with the artwork of another blank's form."""
    wiring, studio = bench.wiring, bench.studio
    blank = wiring.catalogue.blank(key)
    asked = query_pairs(request.url.query)
    pairs = unfolded(asked, wiring.storage) or fresh(blank)
    origin = wiring.catalogue.blanks.get(next((value for name, value in pairs if name == "from"), ""))
    if origin is not None:
        query = carried(studio.step(origin, pairs), blank, wiring.catalogue.shop)
        return Redirect(f"/blanks/{key}?{query}", status_code=303)
    if short := shorter(request, f"/blanks/{key}", lambda: studio.step(blank, pairs), wiring):
        return Redirect(short, status_code=303)
    return answer(request, blank, pairs, bench=bench)


@post("/blanks/{key:str}/designs", sync_to_thread=True)
def into_cart(key: str, request: AnyRequest, form: Form, bench: Workbench) -> Response[Any]:
    """Put the design into the cart, or in the place of the line that is being edited."""
    wiring, studio = bench.wiring, bench.studio
    blank = wiring.catalogue.blank(key)
    pairs = tuple(pair for pair in form.pairs if pair[0] != "_csrf_token")
    step = studio.step(blank, pairs)
    refusal = _doubt(step)
    token = cart_token(request) or new_token()
    if not refusal:
        try:
            _keep(step, pairs, hashed(token), (wiring, studio, request.query_params.get("once", "")[:40]))
        except Invalid as error:
            refusal = error.sentence
    if refusal:
        return answer(request, blank, pairs, bench=bench, refusal=refusal)
    wait = form.text("wait")
    response = Redirect(address("/cart", [("way", wait), ("date", LATER)] if wait else []), status_code=303)
    remember(response, token, wiring)
    return response


def _keep(step: Step, pairs: Pairs, token_hash: str, means: tuple[Wiring, Studio, str]) -> None:
    wiring, studio, once = means
    wanted = Wanted(studio.proofed(step), step.asked.quantity, step.address, once)
    line, now = line_of(pairs), wiring.clock.now()
    with wiring.database.write() as session:
        if line:
            replace_line(session, token_hash, line, wanted, now=now)
        else:
            add_to_cart(session, token_hash, wanted, now=now)


def _doubt(step: Step) -> str:
    """Why what was sent is not quite what would be made, so that nothing goes into the cart unseen."""
    if step.asked.faults or step.designed.answer.dropped:
        return "Not everything could be taken as it was typed. Look at the marked fields, then press the button again."
    return ""
