"""Rules against the options: what they name is there, and something can be chosen."""

from configurator.blanks.blank import Blank
from configurator.blanks.draft import Draft


def check_rules(draft: Draft, blank: Blank) -> None:
    """Asks the configuration engine about the blank's rules."""
