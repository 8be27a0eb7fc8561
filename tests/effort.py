"""How many examples property tests try: some, the same ones in every run; a few of them; many new ones."""

import os

from hypothesis import HealthCheck, settings

TIMES = {"search": 40.0, "quick": 0.2}
"""By the profile that HYPOTHESIS_PROFILE names: `search` looks for what fails, `quick` is for `make check`."""


def examples(usually: int) -> settings:
    """So many, or as many times more or less as the profile says."""
    count = round(usually * TIMES.get(os.environ.get("HYPOTHESIS_PROFILE", ""), 1))
    return settings(max_examples=max(count, 1), deadline=None, suppress_health_check=list(HealthCheck))
