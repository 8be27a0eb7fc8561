"""All tables there are: every `rows` or `rows_...` module of the program, found rather than listed."""

import importlib
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel

PACKAGE = Path(__file__).parent.parent


def every_table() -> sa.MetaData:
    """The tables as the code wants them.

    The modules are imported by name because they lie above this package; none of them may import it.
    """
    for module in sorted(PACKAGE.glob("*/rows*.py")):
        importlib.import_module(f"{PACKAGE.name}.{module.parent.name}.{module.stem}")
    return SQLModel.metadata
