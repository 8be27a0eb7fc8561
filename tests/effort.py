"""How many examples property tests try: a few the same ones in every run, many new ones when they are searched for."""

from hypothesis import HealthCheck, settings

SEARCHING = 40


def examples(usually: int) -> settings:
    """So many; HYPOTHESIS_PROFILE=search tries forty times as many."""
    searching = not settings().derandomize
    count = usually * SEARCHING if searching else usually
    return settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))
