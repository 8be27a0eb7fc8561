"""Groups of lines for tests of the planner, small and odd ones."""

from typing import Any

from hypothesis import strategies as st

MINUTES = st.integers(0, 400).map(lambda quarter: quarter / 4)


@st.composite
def instances(draw: st.DrawFn, most: int = 24) -> dict[str, Any]:
    """What benchmarks.planning reads: any matrix, asymmetric, zero, with a diagonal or without."""
    families = draw(st.integers(1, 5))
    rows = st.lists(draw(st.sampled_from([MINUTES, st.just(0.0), st.just(10.0)])), min_size=families, max_size=families)
    setup = draw(st.lists(rows, min_size=families, max_size=families))
    if draw(st.booleans()):
        setup = [[0.0 if f == g else minutes for g, minutes in enumerate(row)] for f, row in enumerate(setup)]
    line = st.fixed_dictionaries(
        {
            "family": st.integers(0, families - 1),
            "run_min": MINUTES,
            "due_min": st.integers(-200, 2000).map(float),
            "weight": st.integers(0, 10),
        }
    )
    return {
        "machines": draw(st.integers(1, 4)),
        "setup_min": setup,
        "first_setup_min": draw(rows),
        "batch_max_lines": draw(st.sampled_from([None, 1, 2, 5])),
        "lines": draw(st.lists(line, min_size=1, max_size=most)),
    }
