"""The command line: serve, worker, migrate, demo, check-blanks, import-options, compile, plan, release, export."""

import logging
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from configurator.cli_staff import staff
from configurator.collecting import loading
from configurator.errors import Conflict, Refusal
from configurator.settings import Settings, read_settings
from configurator.web.resources import own_files, resource

if TYPE_CHECKING:
    from rich.console import Console

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Mass customisation: a web shop, a counter and a workshop over one database. Settings come from the "
    "environment (docs/settings.md). Exit codes: 0 done, 1 refused (the reason is printed), 2 wrong use.",
)

app.add_typer(staff, name="staff")

DemoOrders = Annotated[int, typer.Option(min=0, help="How many orders the demo week gets.")]


def main() -> None:
    """What the `configurator` command runs: a refusal becomes one sentence and exit code 1."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    try:
        app()
    except Refusal as refusal:
        typer.secho(str(refusal), fg="red", err=True)
        sys.exit(1)


@app.command()
def serve(
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Fill an empty database with the demo shop first.")] = False,
    orders: DemoOrders = 40,
) -> None:
    """Run the shop, the counter and the workshop (and on SQLite the jobs) at HOST:PORT."""
    with loading():
        from configurator.serving import serve_for_ever  # noqa: PLC0415 - keeps every other command's start short

    settings = _settings()
    with ExitStack() as stack:
        if demo:
            from configurator.demo.apart import lived_apart  # noqa: PLC0415 - see above

            stack.enter_context(lived_apart(settings, orders, os.environ))
        serve_for_ever(settings, say=_say)


@app.command()
def worker() -> None:
    """Run durable jobs in this process. For PostgreSQL: start as many as you like, on any machine."""
    with loading():
        from configurator.serving import work_for_ever  # noqa: PLC0415 - see serve

    work_for_ever(_settings(), say=_say)


@app.command()
def migrate() -> None:
    """Bring the database to this version's tables. Safe to repeat."""
    from configurator.database import Database  # noqa: PLC0415 - see serve
    from configurator.migrations.migrating import migrate as bring_up  # noqa: PLC0415 - see serve

    settings = _settings()
    settings.var.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url)
    bring_up(database)
    database.close()
    _say(f"{database.url.render_as_string(hide_password=True)} is up to date.")


@app.command()
def demo(
    orders: DemoOrders = 500,
    seed: Annotated[int, typer.Option(help="The same seed makes the same week.")] = 1,
) -> None:
    """Make a believable week of orders from the seven blanks, planned and released, in an empty database."""
    if not _live_demo(_settings(), orders, seed=seed):
        raise NotEmpty


@app.command("check-blanks")
def check_blanks(
    folder: Annotated[
        Path | None, typer.Argument(help="The folder with shop.toml; the setting BLANKS when left out.")
    ] = None,
) -> None:
    """Check every blank: every mistake at once with file and line; when there is none, what each blank allows."""
    from configurator.blanks.checking import check  # noqa: PLC0415 - see serve
    from configurator.designs.blank_reports import blank_reports, report_lines  # noqa: PLC0415 - see serve
    from configurator.money import Currency  # noqa: PLC0415 - see serve

    report = check(folder or Path(os.environ.get("BLANKS") or resource("blanks")))
    for line in report.lines():
        _say(line)
    if report.catalogue is None:
        raise typer.Exit(1)
    shop = report.catalogue.shop
    for line in report_lines(blank_reports(report.catalogue), Currency(shop.currency, shop.locale)):
        _say(line)


@app.command("import-options")
def import_options(
    file: Annotated[Path, typer.Argument(help="A .coom product, or a .dimacs or .cnf formula.")],
    to: Annotated[
        Path | None,
        typer.Option(help="Also write a blank of it: a new folder beside shop.toml."),
    ] = None,
) -> None:
    """Read options and rules that other software wrote: how many there are, and how many products they allow."""
    from configurator.blanks.importing import import_model, write_blank  # noqa: PLC0415 - see serve

    imported = import_model(file)
    for line in imported.lines():
        _say(line)
    for written in write_blank(imported, to) if to else ():
        _say(f"Wrote {written}")
    if to:
        _say(f"Add “{to.resolve().name}” to blanks in shop.toml, fill in the rest, and run configurator check-blanks.")


@app.command("compile")
def compile_searches() -> None:
    """Compile the planner's searches and keep them, so that no plan waits for it; half a minute, once."""
    from configurator.production.search.warming import compile_all  # noqa: PLC0415 - see serve

    with _complain().status("Compiling the planner's searches"):
        compile_all()


@app.command()
def plan() -> None:
    """Put every waiting piece into a batch, or say why it is in none."""
    from configurator.opening import open_wiring  # noqa: PLC0415 - see serve
    from configurator.production.planning import plan as make_plan  # noqa: PLC0415 - see serve

    with open_wiring(_settings()) as wiring, wiring.database.write() as session:
        report = make_plan(session, catalogue=wiring.catalogue, now=wiring.clock.now())
    _say(f"{report.pieces} pieces in {len(report.batches)} open batches; {len(report.opened)} are new.")
    for code, reason in report.unplanned:
        _say(f"{code} is in no batch: {reason}")


@app.command()
def release(
    batch: Annotated[
        str | None, typer.Argument(help="A batch number such as B-007; left out: all that are due.")
    ] = None,
) -> None:
    """Freeze a batch, or all whose cut-off has come, and write their packages."""
    from configurator.opening import open_wiring  # noqa: PLC0415 - see serve
    from configurator.production.batch_store import batch_by_number  # noqa: PLC0415 - see serve
    from configurator.production.releasing import DueReleases, release_due  # noqa: PLC0415 - see serve
    from configurator.production.releasing import release as make  # noqa: PLC0415 - see serve

    with open_wiring(_settings()) as wiring:
        now = wiring.clock.now()
        with wiring.database.write() as session:
            if batch:
                found = batch_by_number(session, batch).id
                make(session, found, who="command line", catalogue=wiring.catalogue, jobs=wiring.jobs, now=now)
                due = DueReleases((batch,), ())
            else:
                due = release_due(session, catalogue=wiring.catalogue, jobs=wiring.jobs, now=now)
        with _complain().status("Writing the packages"):
            wiring.jobs.run_due()
    for number in due.released:
        _say(f"{number} is released and its package is written.")
    for number, reason in due.refused:
        _say(f"{number} was not released: {reason}")
    if not due.released and not due.refused:
        _say("No batch is due. Name one to release it early.")


@app.command()
def export(batch: Annotated[str, typer.Argument(help="The number of a released batch, such as B-007.")]) -> None:
    """Write a released batch's package once more; the bytes are the same as before."""
    from configurator.export.package import write_package  # noqa: PLC0415 - see serve
    from configurator.opening import open_wiring  # noqa: PLC0415 - see serve
    from configurator.production.batch_store import batch_by_number  # noqa: PLC0415 - see serve
    from configurator.production.releasing import package_source  # noqa: PLC0415 - see serve

    with open_wiring(_settings()) as wiring:
        with wiring.database.read() as session:
            source = package_source(session, batch_by_number(session, batch).id)
        written = write_package(
            source.batch,
            source.scenes,
            wiring.delivery,
            pictures=source.pictures,
            profiles=wiring.catalogue.shop.press.files,
            pixels=wiring.shelf,
        )
    _say(f"{written.folder}: {len(written.files)} files, manifest {written.digest}")


class NotEmpty(Conflict):
    """The demo was to be made in a shop that has orders."""

    def __init__(self) -> None:
        super().__init__("There are orders in this database already. Point DATABASE_URL at an empty one for the demo.")


def _live_demo(settings: Settings, orders: int, *, seed: int) -> bool:
    """The demo week with a progress bar; False, and nothing done, if somebody has ordered here already."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415 - see serve

    from configurator.demo.living import live  # noqa: PLC0415 - see serve

    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=_complain()) as bar:
        task = bar.add_task("Living a week of the demo shop", total=orders)
        placed = live(settings, orders, seed=seed, done=lambda count: bar.advance(task, count))
        bar.update(task, visible=placed is not None)
    if placed is not None:
        _say(f"{placed} orders were placed, planned, made and partly handed over.")
    return placed is not None


def _settings() -> Settings:
    return read_settings(os.environ, root=resource("blanks").parent, own=own_files())


def _complain() -> "Console":
    """Where progress is shown."""
    from rich.console import Console  # noqa: PLC0415 - see serve

    return Console(stderr=True)


def _say(line: str) -> None:
    typer.echo(line)
