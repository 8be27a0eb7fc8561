"""A demo that is filled while the server waits: once, in a process of its own that ends with whoever started it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from configurator.database import Database
from configurator.demo.apart import COMMAND, lived_apart
from configurator.demo.week import is_empty
from configurator.settings import Settings, read_settings
from tests.browser.running import ROOT


@pytest.mark.slow
def test_a_shop_where_somebody_has_ordered_is_left_as_it_is(tmp_path: Path) -> None:
    environment = {"DEMO": "1", "CONFIGURATOR_VAR": str(tmp_path)}
    settings = read_settings(environment, root=ROOT)
    with lived_apart(settings, 1, {**os.environ, **environment}):
        first = orders(settings)
    with lived_apart(settings, 1, {**os.environ, **environment}):
        assert orders(settings) == first > 0


def orders(settings: Settings) -> int:
    database = Database(settings.database_url)
    with database.read() as session:
        count = session.execute(sa.text("select count(*) from customer_order")).scalar_one()
        assert not is_empty(session)
    database.close()
    return count


@pytest.mark.slow
def test_whoever_stops_a_start_stops_the_week_that_is_being_lived(tmp_path: Path) -> None:
    start = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "serve", "--demo", "--orders", "500"],
        env={**os.environ, "DEMO": "1", "PORT": "0", "CONFIGURATOR_VAR": str(tmp_path)},
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    held = tmp_path / "shop.db.server"
    while not (held.exists() and held.read_text() not in ("", str(start.pid))):
        assert start.poll() is None
        time.sleep(0.05)
    week = int(held.read_text())
    start.send_signal(signal.SIGTERM)
    assert start.wait(timeout=60) == 128 + signal.SIGTERM
    assert not Path(f"/proc/{week}").exists()
