"""The house rules that no linter knows. A rule that is in the way is changed here, in sight of everybody."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "configurator").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock", "package-lock.json")
REGISTRIES = r"registry\.npmjs|pypi\.org/simple|pythonhosted|//[a-z.]*debian\.org|jsr\.io"

BARE = r"#\s*(type: ignore(\[[^\]]*\])?|noqa(: [A-Z0-9, ]+)?)\s*$"
LONGEST_MODULE, LONGEST_TEMPLATE = 300, 60
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "service", "services", "manager", "common", "misc", "base"}

# Who may look at the machine's clock or draw by chance: the rest is given a clock and a draw.
LOOKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns",
    "uuid.uuid1", "uuid.uuid4", "os.urandom",
}  # fmt: skip
WAYS = {
    "random": ("random", "randrange", "randint", "choice", "choices", "sample", "shuffle", "uniform", "SystemRandom"),
    "secrets": ("randbelow", "choice", "token_bytes", "token_hex", "token_urlsafe", "SystemRandom"),
}
MAY_LOOK = {"configurator/clock.py"}
MAY_DRAW = "configurator/web/"  # where a request comes in, and what it needs is drawn and passed on

# Templates that put something in without escaping it, and why that is safe.
UNESCAPED: dict[str, str] = {}


@cache
def text(path: Path) -> list[str]:
    return path.read_text().splitlines()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def first_line(path: Path) -> str:
    return (ast.get_docstring(tree(path)) or "").partition("\n")[0]


def found(pattern: str, paths: list[Path]) -> list[str]:
    """Where a pattern stands, as `file:line`."""
    return [
        f"{short(path)}:{number}"
        for path in paths
        for number, line in enumerate(text(path), 1)
        if re.search(pattern, line)
    ]


@cache
def calls(path: Path) -> list[tuple[int, str]]:
    """Every call of a dotted name in a module: line and name."""
    return [(node.lineno, dotted(node.func)) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


def dotted(name: ast.expr) -> str:
    """`a.b.c` of what is called; of `f().c` it is `.c`."""
    if isinstance(name, ast.Attribute):
        return f"{dotted(name.value)}.{name.attr}"
    return name.id if isinstance(name, ast.Name) else ""


@cache
def chances(path: Path) -> set[str]:
    """The ways to draw from the machine's own chance that a module has imported; Random(seed) is none."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {f"{each.asname or each.name}.{way}" for each in node.names for way in WAYS.get(each.name, ())}
        if isinstance(node, ast.ImportFrom):
            names |= {each.asname or each.name for each in node.names if each.name in WAYS.get(node.module or "", ())}
    return names


def committed() -> list[Path]:
    """Every text file of ours that is or will be committed."""
    folders = ("configurator", "templates", "static", "blanks", "tests", "benchmarks", "docs", ".ci")
    kinds = {".py", ".html", ".css", ".js", ".toml", ".svg", ".md", ".sql", ".mako", ""}
    inside = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in kinds]
    beside = [path for path in ROOT.iterdir() if path.suffix in {".md", ".toml", ".json", ""} | {".lock"}]
    ignored = {"uv.lock", "LICENSE", ".git"}  # in a worktree of git, .git is a file
    return [path for path in (*inside, *beside) if path.is_file() and path.name not in ignored]


def test_every_module_is_opened_by_one_line_that_says_what_it_is() -> None:
    assert [short(path) for path in MODULES if not first_line(path).endswith((".", ".)", ":"))] == []


def test_modules_are_short_or_say_in_their_first_line_why_they_are_long() -> None:
    long = [path for path in MODULES if len(text(path)) > LONGEST_MODULE]
    assert [short(path) for path in long if not re.search(r"\blong", first_line(path))] == []


def test_modules_are_named_for_what_they_do() -> None:
    assert [
        short(path) for path in MODULES if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES
    ] == []


def test_nothing_is_left_to_do_later() -> None:
    words = "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"))
    assert found(rf"\b({words})\b", [*MODULES, *TEMPLATES]) == []


def test_the_program_speaks_by_its_command_line_and_its_log_only() -> None:
    assert [f"{short(path)}:{line}" for path in MODULES for line, name in calls(path) if name == "print"] == []


def test_time_and_chance_are_passed_in() -> None:
    looking = [
        f"{short(path)}:{line} {name}"
        for path in MODULES
        if short(path) not in MAY_LOOK
        for line, name in calls(path)
        if any(name == look or name.endswith(f".{look}") for look in LOOKS)
    ]
    drawing = [
        f"{short(path)}:{line} {name}"
        for path in MODULES
        if not short(path).startswith(MAY_DRAW)
        for line, name in calls(path)
        if name in chances(path)
    ]
    assert looking + drawing == []


def test_settings_are_read_from_the_environment_in_one_place() -> None:
    allowed = {"configurator/cli.py", "configurator/cli_staff.py"}
    assert [line for line in found(r"os\.(environ|getenv)", MODULES) if line.partition(":")[0] not in allowed] == []


def test_nobody_commits_but_the_database() -> None:
    assert [f"{short(path)}:{line}" for path in MODULES for line, name in calls(path) if name.endswith(".commit")] == []


def test_what_is_waved_through_gives_its_reason() -> None:
    assert found(BARE, [*MODULES, *TESTS, *sorted((ROOT / "benchmarks").rglob("*.py"))]) == []


def test_templates_are_short() -> None:
    assert [short(path) for path in TEMPLATES if len(text(path)) > LONGEST_TEMPLATE] == []


def test_templates_escape_everything_but_what_is_listed_here() -> None:
    unescaped = found(r"\|\s*safe\b|autoescape\s+false|Markup\(", TEMPLATES)
    assert [line for line in unescaped if line.partition(":")[0] not in UNESCAPED] == []


def test_templates_have_no_scripts_styles_or_handlers_of_their_own() -> None:
    assert found(r"\son[a-z]+\s*=\s*[\"']|javascript:|<style|\sstyle\s*=", TEMPLATES) == []


def test_locks_name_no_registry() -> None:
    assert found("://", [ROOT / name for name in LOCKS]) == []


def test_no_committed_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    places = r"(?<![\w.])/(?:home|root|Users|work)/\w"
    files = [path for path in committed() if path != Path(__file__)]
    assert found(rf"{REGISTRIES}|{places}", files) == []


def sentence(name: str) -> bool:
    """At least three words: what happens, not which function is called."""
    return len(name.removeprefix("test_").split("_")) >= 3


def test_test_names_are_sentences_about_the_shop() -> None:
    names = [
        f"{short(path)}: {node.name}"
        for path in TESTS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not sentence(node.name)
    ]
    assert names == []


def test_every_package_has_tests_of_its_own() -> None:
    packages = {path.parent.name for path in MODULES if path.name == "__init__.py"} - {"configurator"}
    inner = {
        path.parent.name for path in MODULES if path.name == "__init__.py" and len(path.relative_to(ROOT).parts) > 3
    }
    tested = {path.parent.name for path in TESTS if path.name.startswith("test_")}
    assert packages - inner - tested == set()


@pytest.mark.parametrize(
    ("line", "pattern_holds"),
    [("x = 1  # type: ignore[arg-type]", True), ("x = 1  # type: ignore[arg-type] whatever dict takes", False)],
)
def test_the_rule_about_reasons_knows_one_when_it_sees_it(line: str, pattern_holds: bool) -> None:
    assert bool(re.search(BARE, line)) is pattern_holds
