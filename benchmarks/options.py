"""A configuration model compiled, clicked through and checked: `python -m benchmarks.options FILE` prints JSON.

FILE is a .dimacs or .cnf formula, a .coom product or a blank.toml; without one, every blank of the shop and the
published models beside this checkout, a line each. Times are CPU milliseconds of one thread, over
random walks of up to 30 clicks; what is answered is compared with a SAT solver at every click.
"""

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path

from benchmarks.clicking_formulas import Formula
from benchmarks.clicking_models import Product, product_of
from benchmarks.measuring import machine
from benchmarks.walking import walk
from configurator.errors import Refusal
from configurator.options.dimacs import read_dimacs

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "benchmarks" / "options"
PUBLISHING_S = 600
UNCOUNTED = "its circuit is beyond the budget: a SAT solver answers, which does not count"
REHEARSED = 10
"""So many clicks of another walk come first and are not measured, as a shop rehearses at its start: machine code is
made, or loaded."""
QUESTIONS = ("domains", "count", "cheapest", "repair", "why")


def main() -> int:
    """Print the figures of one model, or of all; 1 when the file cannot be used."""
    asked = _arguments()
    if asked.file is None:
        return max(_alone(file) for file in _known())
    try:
        subject = _subject(asked.file, asked)
    except (Refusal, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{asked.file.name}: {error}\n")
        return 1
    sys.stdout.write(json.dumps(_figures(asked.file, subject, asked)) + "\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.options", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--clicks", type=int, default=360, help="how many clicks are walked (default 360)")
    parser.add_argument("--seed", type=int, default=1, help="of the walks and, for a formula, its prices")
    parser.add_argument(
        "--budget",
        type=float,
        default=PUBLISHING_S,
        help="CPU seconds a formula may be compiled (default 600; the shop gives 20); beyond, search answers",
    )
    return parser.parse_args()


def _known() -> list[Path]:
    shared = (path for path in sorted(SHARED.glob("*")) if path.suffix in (".dimacs", ".coom"))
    return [*sorted(ROOT.glob("blanks/*/blank.toml")), *shared]


def _alone(file: Path) -> int:
    """The figures of a file from a process of its own, so that its memory is its own too."""
    return subprocess.run([sys.executable, "-m", "benchmarks.options", str(file)], cwd=ROOT, check=False).returncode


def _subject(file: Path, asked: argparse.Namespace) -> Formula | Product:
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    if file.suffix in (".dimacs", ".cnf"):
        return Formula(read_dimacs(text).cnf, asked.seed, budget_s=asked.budget)
    return product_of(file, text)


def _figures(file: Path, subject: Formula | Product, asked: argparse.Namespace) -> dict[str, object]:
    facts = subject.facts
    count = subject.count()
    walk(subject.walk, REHEARSED, asked.seed + 1)
    walked = walk(subject.walk, asked.clicks, asked.seed)
    return {
        "model": file.name if file.name != "blank.toml" else f"{file.resolve().parent.name}/{file.name}",
        "variables": subject.variables,
        "rules": subject.rules,
        "count": None if count is None else str(count),
        "compile_cpu_s": round(facts.compile_cpu_s, 4),
        "nodes": facts.nodes,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        **{f"{question}_ms": walked.times.figures(question) for question in QUESTIONS},
        "disagreements": subject.disagreements,
        "edges": facts.edges,
        "over_budget": bool(facts.over_budget),
        "uncounted_because": None if count is not None else UNCOUNTED,
        "clicks": walked.clicks,
        "rehearsed": REHEARSED,
        "asked": {question: walked.times.asked(question) for question in QUESTIONS},
        "seed": asked.seed,
        "machine": machine(),
    }


if __name__ == "__main__":
    sys.exit(main())
