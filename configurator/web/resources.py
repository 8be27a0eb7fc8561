"""Where templates, stylesheets and htmx lie: in the checkout, or inside an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
ROOT = _PACKAGE.parent


def resource(name: str) -> Path:
    """The path of `templates`, `static` or `blanks`, in a checkout or in a wheel."""
    inside = _PACKAGE / "resources" / name
    return inside if inside.exists() else ROOT / name


def own_files() -> Path:
    """Where a shop keeps what it writes, if not told: in the checkout, or where an installed command is run."""
    return (Path.cwd() if (_PACKAGE / "resources").exists() else ROOT) / "var"


def htmx() -> Path:
    """The installed htmx.min.js."""
    inside = _PACKAGE / "resources" / "htmx" / "htmx.min.js"
    return inside if inside.exists() else ROOT / "node_modules" / "htmx.org" / "dist" / "htmx.min.js"
