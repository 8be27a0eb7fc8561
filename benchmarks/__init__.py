"""The figures of the README, each a command that prints JSON."""
