"""The first page of a PDF as a picture, fine enough to be printed, transparent where the page is."""

from pypdfium2 import PdfDocument, PdfiumError

from configurator.uploads.limits import DPI, LEAST_SIDE, LONG_PX
from configurator.uploads.made import Made
from configurator.uploads.rasters import made_anew
from configurator.uploads.refusing import Unusable

LEAST_DPI = POINTS = 72


def read_page(content: bytes) -> Made:
    """The first page. Raises Unusable."""
    try:
        document = PdfDocument(content)  # type: ignore[no-untyped-call]  # its initialiser has no types
        page = document[0]
        width, height = page.get_size()
    except (PdfiumError, IndexError) as fault:
        raise Unusable(_why(fault)) from fault
    scale = min(DPI / POINTS, LONG_PX / max(width, height, 1))
    if scale * POINTS < LEAST_DPI or min(width, height) * scale < LEAST_SIDE:
        raise Unusable(f"The first page is {width / POINTS:.0f} × {height / POINTS:.0f} inches. Make it smaller.")
    try:
        image = page.render(scale=scale, fill_color=(255, 255, 255, 0), rev_byteorder=True).to_pil()
    except (PdfiumError, ValueError, MemoryError) as fault:
        raise Unusable("The first page cannot be drawn. Export it as PNG and send that.") from fault
    note = "Only the first page was taken." if len(document) > 1 else ""
    return made_anew(image.convert("RGBA"), note, lossy=False)


def _why(fault: Exception) -> str:
    if "password" in str(fault).lower():
        return "This PDF is protected by a password. Save it without one and send that."
    return "This PDF cannot be read; it may be cut off. Open it, export it anew and send that."
