"""The free CMYK profile that libvips carries, 1 MB; kept as a file, so that a server need not load libvips for it."""

from importlib.util import find_spec
from pathlib import Path

from configurator.kept_files import kept


def free_profile(folder: Path | None = None) -> bytes:
    """The ICC profile. folder: where it is kept; None: libvips is loaded, 40 ms and 12 MB."""
    name = _name()
    return _carried() if folder is None or name is None else kept(folder / name, _carried)


def _name() -> str | None:
    """Another libvips, another name; None where it is not the packaged one, which alone can be told apart."""
    binding = find_spec("_libvips")
    if binding is None or binding.origin is None:
        return None
    file = Path(binding.origin).stat()
    return f"cmyk-{file.st_size:x}-{file.st_mtime_ns:x}.icc"


def _carried() -> bytes:
    import pyvips  # noqa: PLC0415 - see free_profile

    return bytes(pyvips.Operation.call("profile_load", "cmyk"))
