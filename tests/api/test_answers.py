"""The API of options: the same engine, the same sentences and the same prices as the pages."""

import random
import re
from typing import Any
from urllib.parse import urlencode

import pytest

from configurator.designs.form import Form
from configurator.designs.reading_choices import read_choices
from configurator.options.formula import holds
from configurator.options.resolving import resolved
from configurator.web.wiring import Wiring
from tests.web.browser import Browser

SEVEN = ("mug", "tee", "notebook", "board", "muesli", "keyring", "book")


def get(browser: Browser, path: str) -> Any:
    answer = browser.client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_another_shop_reads_what_can_be_chosen(browser: Browser) -> None:
    found = get(browser, "/api/blanks")
    assert sorted(each["key"] for each in found) == sorted(SEVEN)
    mug = get(browser, "/api/blanks/mug")
    assert mug["products"] == 1485
    assert [option["key"] for option in mug["options"]] == ["inside", "glaze", "rim", "care", "extras"]
    assert {"key": "gold", "label": "Gold", "price": 320} in mug["options"][2]["values"]
    assert "Gold is metal and sparks in a microwave." in mug["rules"]


def test_a_blocked_value_comes_with_its_reason_and_the_way_out(browser: Browser) -> None:
    answer = get(browser, "/api/blanks/mug/configuration?care=&care=microwave")
    gold = next(each for each in answer["blocked"] if (each["option"], each["value"]) == ("rim", "gold"))
    assert gold["because"] == ["Gold is metal and sparks in a microwave."]
    assert gold["choices"] == [["care", "microwave"]]
    assert gold["repair"]["price"] == 320
    repaired = get(browser, f"/api/blanks/mug/configuration?{gold['repair']['query']}")
    assert repaired["configuration"]["rim"] == "gold"
    assert repaired["dropped"] == []


def test_the_price_is_that_of_the_page(browser: Browser) -> None:
    answer = get(browser, "/api/blanks/mug/configuration?template=club&extras=&extras=lid")
    page = browser.get(f"/blanks/mug?{answer['query']}")
    each = re.search(r", €\u00a0([\d.]+) each, incl", page.html)
    assert each
    assert answer["price"]["each"] == round(float(each[1]) * 100)
    assert answer["price"]["least"] <= answer["price"]["each"] <= answer["price"]["most"]


def test_a_blank_nobody_has_is_refused_with_a_sentence(browser: Browser) -> None:
    answer = browser.client.get("/api/blanks/mig/configuration")
    assert answer.status_code == 404
    assert answer.json() == {"refused": "We have no blank called “mig”. The catalogue shows all there are."}


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/nothing", 404), ("POST", "/api/blanks", 405)])
def test_other_programs_are_refused_in_json(browser: Browser, method: str, path: str, status: int) -> None:
    headers = {"Content-Type": "application/json"}
    answer = browser.client.request(method, path, content=b'{"wrong":', headers=headers)
    assert answer.status_code == status
    assert list(answer.json()) == ["refused"]


@pytest.mark.parametrize("key", SEVEN)
def test_whatever_is_sent_a_complete_and_valid_product_comes_back(browser: Browser, wiring: Wiring, key: str) -> None:
    rng, blank = random.Random(key), wiring.catalogue.blank(key)
    options = get(browser, f"/api/blanks/{key}")["options"]
    for _ in range(12):
        sent = [pair for option in options for pair in _anything(option, rng)]
        answer = get(browser, f"/api/blanks/{key}/configuration?{urlencode(sent)}")
        configuration = wiring.catalogue.engine(key).answer(
            read_choices(Form(_as_fields(answer["configuration"])), blank.model)
        )
        assert set(answer["configuration"]) == {option["key"] for option in options}
        assert configuration.dropped == ()
        for rule in blank.model.rules:
            assert holds(resolved(rule, blank.model), configuration.configuration)


def _anything(option: dict[str, Any], rng: random.Random) -> list[tuple[str, str]]:
    if option["kind"] == "mix":
        return [(f"{option['key']}.{part['key']}", str(rng.choice((0, 25, 100, 999)))) for part in option["parts"]]
    if option["kind"] == "number":
        return [(option["key"], str(rng.choice((option["least"], option["most"], -1, "x"))))]
    values = [value["key"] for value in option["values"]] + ["nothing of the kind"]
    return [(option["key"], each) for each in rng.sample(values, rng.randint(1, min(2, len(values))))]


def _as_fields(configuration: dict[str, Any]) -> list[tuple[str, str]]:
    fields: list[tuple[str, str]] = []
    for key, chosen in configuration.items():
        if isinstance(chosen, dict):
            fields += [(f"{key}.{part}", str(grams)) for part, grams in chosen.items()]
        else:
            fields += [(key, str(each)) for each in (["", *chosen] if isinstance(chosen, list) else [chosen])]
    return fields
