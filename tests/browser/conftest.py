"""One demo shop for the whole browser session; every test gets a fresh browser context."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.running import QUIET, Server, chromium, serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests need a Chromium: without one they are skipped loudly, and in CI they fail."""
    ours = [item for item in items if "tests/browser" in str(item.path)]
    for item in ours:
        item.add_marker("browser")
    if not ours or chromium():
        return
    if os.environ.get("CI") == "true":
        pytest.exit("CI needs a Chromium for the browser tests: install one, or set CHROME to its path.", returncode=1)
    print("\n*** NO CHROMIUM: the browser tests are skipped. Install chromium or set CHROME. ***\n")  # noqa: T201 loud on purpose
    for item in ours:
        item.add_marker(pytest.mark.skip(reason="NO CHROMIUM on PATH or in CHROME"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo shop, served by a process of its own."""
    with serving(tmp_path_factory.mktemp("demo"), "--demo", "--orders", "12") as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser nobody has used yet."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test on any console error, script error or broken security policy."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert not said, f"the console said: {said}"
