"""A refused form in a real browser: its sentence is in sight beside it, with and without JavaScript."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.running import Server
from tests.browser.walking import sign_in_maker

PHONE = {"width": 360, "height": 640}
FORMS = (
    ("stock", "/workshop/stock/expected", {"count": "40", "on": "9999-12-31"}),
    ("facility", "/workshop/facility/setups", {"setup-min-1": "long"}),
    ("costs", "/workshop/reckoning", {"margin": "x"}),
)


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_sentence_of_a_refused_form_is_in_sight_and_the_next_tab_is_in_the_form(
    browser: Browser, demo: Server, scripts: bool
) -> None:
    with browser.new_context(viewport=PHONE, java_script_enabled=scripts) as context:
        page = context.new_page()
        sign_in_maker(page, demo)
        for place, action, typed in FORMS:
            page.goto(f"{demo.url}/workshop/{place}?at=plant-bremen")
            form = page.locator(f"form[action='{action}']")
            for name, value in typed.items():
                form.locator(f"[name='{name}']").fill(value)
            form.locator("button").last.click()
            expect(page.locator(".note[autofocus]")).to_be_in_viewport(ratio=1)
            page.keyboard.press("Tab")
            expect(form.locator(":focus")).to_have_count(1)
