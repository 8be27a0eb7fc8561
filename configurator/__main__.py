"""`python -m configurator` is the command line, where the installed command is not on the path."""

from configurator.cli import main

main()
