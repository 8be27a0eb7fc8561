"""Uploads for tests, made here: honest pictures of every kind, and files that mean harm."""

import base64
import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image, ImageCms, PngImagePlugin

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30">{}</svg>'
SECRET = b"GPS 53.0793 N 8.8017 E"
PAYLOAD = b"<script>alert(document.cookie)</script>"
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "AA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHOAAEAAAAAAAAAMgACAAEAAAAAAAAA"
    "AQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADVaXBycAAA"
    "ALNpcGNvAAAAc2h2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACdCAQED"
    "cAAAAwCQAAADAAADAB6gIIEFlurkprmwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUA"
    "AAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwAC"
    "AAEAAQAAADptZGF0AAAALigBrxmA71ah13bzhM8j7c/16gECcr+OiJVNS2ZNms8xMvgPVuigkhsSf8ZY6uA="
)
"""64 x 48 pixels, red above and blue below, written once by ImageMagick: nothing here can write HEIC."""


def a_photo(width: int = 640, height: int = 480, **how: Any) -> bytes:
    """A JPEG, red above and blue below."""
    return saved(halves(width, height), "JPEG", quality=90, **how)


def halves(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Red above, blue below."""
    image = Image.new("RGB", (width, height), (220, 30, 30))
    image.paste((20, 40, 200), (0, height // 2, width, height))
    return image.convert(mode)


def saved(image: Image.Image, form: str, **how: Any) -> bytes:
    """An image as a file."""
    file = io.BytesIO()
    image.save(file, form, **how)
    return file.getvalue()


def svg(inside: str) -> bytes:
    """An SVG of 40 x 30."""
    return SVG.format(inside).encode()


def a_page(content: bytes = b"0 0 1 rg 10 10 100 60 re f", size: tuple[float, float] = (200, 100), **how: Any) -> bytes:
    """A PDF of one page, in points."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 100))
    pdf.pages[0].MediaBox = pikepdf.Array([0, 0, *size])
    pdf.pages[0].Contents = pdf.make_stream(content)
    file = io.BytesIO()
    pdf.save(file, **how)
    return file.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_that_claims(width: int, height: int, *more: bytes) -> bytes:
    """A small PNG whose header says something else."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(100_000)))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + body + chunk(b"IEND", b"")


def _moving(form: str) -> bytes:
    frames = [halves(40, 30), Image.new("RGB", (40, 30), "green")]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)


def _with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned: the camera was held upright
    exif[0x010E] = SECRET.decode()
    return saved(halves(640, 480), "JPEG", exif=exif, comment=PAYLOAD)


def _palette() -> bytes:
    image = halves(64, 48).quantize(4)
    return saved(image, "PNG", transparency=0)


def _deep(colours: int) -> bytes:
    """16 bits a channel: 2 is RGB, 0 grey."""
    channels = 3 if colours == 2 else 1
    row = b"\0" + struct.pack(">H", 0x8000) * channels * 32
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 24, 16, colours, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(row * 24)) + chunk(b"IEND", b"")


def _own_profile() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    return saved(halves(64, 48), "JPEG", icc_profile=profile.tobytes())


def _text_chunk() -> bytes:
    return chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000)))


def _nested_use(levels: int = 40) -> str:
    groups = ['<g id="u0"><path d="M0 0h9v9z"/></g>']
    groups += [f'<g id="u{n}">{f"""<use xlink:href="#u{n - 1}"/>""" * 10}</g>' for n in range(1, levels)]
    return f"<defs>{''.join(groups)}</defs><use xlink:href='#u{levels - 1}'/>"


def _nested_patterns(levels: int = 30) -> str:
    tiles = ['<pattern id="p0" width="1" height="1"><path d="M0 0h9v9z"/></pattern>']
    drawn = '<rect width="9" height="9" fill="url(#p{})"/>'
    tiles += [
        f'<pattern id="p{n}" width=".1" height=".1">{drawn.format(n - 1) * 9}</pattern>' for n in range(1, levels)
    ]
    return "".join(tiles) + drawn.format(levels - 1)


def _filters(effect: str, times: int = 1) -> str:
    circle = '<circle cx="20" cy="15" r="9" filter="url(#f)"/>'
    return f'<filter id="f" x="-9999" y="-9999" width="99999" height="99999">{effect}</filter>{circle * times}'


def _picture_within(content: bytes) -> str:
    return f'<image width="40" height="30" href="data:image/png;base64,{base64.b64encode(content).decode()}"/>'


def _laughs() -> bytes:
    lines = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))]
    return f"<!DOCTYPE svg [{''.join(lines)}]>".encode() + svg("<title>&a11;</title>")


def _png_text() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", PAYLOAD.decode())
    return saved(halves(64, 48), "PNG", pnginfo=notes)


_GRADIENT = '<linearGradient id="g"><stop stop-color="#f60"/><stop offset="1" stop-color="#06c"/></linearGradient>'
SHADED = {
    "a drawing with a gradient": f'{_GRADIENT}<rect x="5" y="5" width="30" height="4" fill="url(#g)"/>',
    "a drawing with a round gradient that inherits": (
        f'{_GRADIENT}<radialGradient id="r" xlink:href="#g"/>'
        '<ellipse cx="20" cy="15" rx="19" ry="4" style="fill:url(#r)"/>'
    ),
    "a drawing with a mask": (
        '<mask id="m"><rect width="40" height="30" fill="#888"/></mask><path mask="url(#m)" d="M0 0h40v6z"/>'
    ),
    "a drawing with a shadow": _filters('<feDropShadow dx="1" dy="1" stdDeviation="1"/>'),
    "a drawing with a filter as large as a house": _filters('<feGaussianBlur stdDeviation="9999"/><feFlood/>'),
    "a drawing with a pattern": (
        '<pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r="1"/></pattern>'
        '<rect width="40" height="6" fill="url(#p)"/>'
    ),
    "a drawing that is half transparent": '<path opacity=".5" d="M0 0h40v6z"/>',
    "a drawing that multiplies": '<path style="mix-blend-mode:multiply" d="M0 0h40v6z" fill="#0aa"/>',
    "a drawing clipped by its own size": (
        '<clipPath id="c" clipPathUnits="objectBoundingBox"><circle cx=".5" cy=".5" r=".5"/></clipPath>'
        '<rect width="40" height="6" clip-path="url(#c)"/>'
    ),
    "a drawing with a photo in it": _picture_within(saved(halves(64, 48), "PNG", comment=PAYLOAD.decode())),
    "a drawing with shading that a click would start": (
        f'{_GRADIENT}<a xlink:href="javascript:alert(1)"><path fill="url(#g)" d="M0 0h40v6z" onload="alert(1)"/></a>'
    ),
    "a drawing with shading that includes a file": (
        f'{_GRADIENT}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
        '<path fill="url(#g)" d="M0 0h40v6z"/>'
    ),
    "a drawing with a dash of nearly nothing": (
        '<g opacity=".5"><path fill="none" stroke="#000" stroke-dasharray=".0001" d="M0 0L99999 99999"/></g>'
    ),
}
"""Insides of drawings that are kept as pictures, because flat paths cannot show them."""

GOOD: dict[str, Callable[[], bytes]] = {
    "a photo": a_photo,
    "a photo with its place, turned": _with_gps,
    "a photo for print": lambda: saved(halves(64, 48, "CMYK"), "JPEG"),
    "a photo without colour": lambda: saved(halves(64, 48, "L"), "JPEG"),
    "a photo called letter.doc": a_photo,
    "a photo with an archive behind it": lambda: a_photo(64, 48) + b"PK\x03\x04" + PAYLOAD,
    "a photo with a broken colour profile": lambda: saved(halves(64, 48), "JPEG", icc_profile=b"no profile" * 40),
    "a photo with a profile of another kind": _own_profile,
    "two photos in one, from a telephone": lambda: saved(
        halves(64, 48), "MPO", save_all=True, append_images=[Image.new("RGB", (64, 48))]
    ),
    "a PNG with transparency": lambda: saved(halves(64, 48, "RGBA"), "PNG"),
    "a PNG with a palette and alpha": _palette,
    "a PNG with text in it": _png_text,
    "a PNG of 16 bits": lambda: _deep(2),
    "a grey PNG of 16 bits": lambda: _deep(0),
    "a PNG of one bit": lambda: saved(halves(64, 48, "1"), "PNG"),
    "a PNG called photo.jpg": lambda: saved(halves(64, 48), "PNG"),
    "a WebP": lambda: saved(halves(64, 48), "WEBP"),
    "a HEIC": lambda: HEIC,
    "a PDF": a_page,
    "a drawing": lambda: svg('<rect width="40" height="30" fill="#0a0" stroke="none"/>'),
    "a drawing with letters": lambda: svg('<text y="20" font-family="Archivo" onclick="alert(1)">Marit</text>'),
    "a drawing with letters that a click would start": lambda: svg(
        '<text y="20"><a xlink:href="javascript:alert(1)">Marit</a></text>'
    ),
    "a drawing with half transparent letters in Chinese": lambda: svg('<text y="20" opacity=".5">漢字</text>'),
    "a drawing with a program's notes": lambda: svg(
        '<metadata xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:RDF/></metadata><path d="M0 0h9v9z"/>'
    ),
    "a drawing that a click would start": lambda: svg(
        '<a xlink:href="javascript:alert(1)"><path d="M0 0h9v9z" onload="alert(1)" onclick="alert(2)"/></a>'
    ),
    "a drawing with an address in its document type": lambda: (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x.invalid/svg11.dtd">' + svg('<path d="M0 0h9v9z"/>')
    ),
    **{name: (lambda inside=inside: svg(inside)) for name, inside in SHADED.items()},
}
"""Every one becomes a picture, and nothing but the picture."""

BAD: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "51 MB": lambda: a_photo(64, 48) + bytes(51_000_000),
    "a PNG of 2.5 gigapixels": lambda: png_that_claims(50_000, 50_000),
    "a PNG that claims to be 4 thousand million pixels wide": lambda: png_that_claims(0x7FFFFFFF, 1),
    "a long thin PNG": lambda: png_that_claims(40_000, 20),
    "a PNG with a bomb in its text": lambda: png_that_claims(100, 100, _text_chunk()),
    "a PNG with nothing in it": lambda: png_that_claims(0, 0),
    "a single pixel": lambda: saved(halves(2, 2), "PNG"),
    "a photo that is cut off": lambda: a_photo()[:2_000],
    "a PNG that is cut off": lambda: saved(Image.effect_noise((64, 48), 90), "PNG")[:900],
    "a WebP that is cut off": lambda: saved(halves(64, 48), "WEBP")[:60],
    "a HEIC that is cut off": lambda: HEIC[:200],
    "a PDF that is cut off": lambda: a_page()[:180],
    "the first three bytes of a photo": lambda: b"\xff\xd8\xff",
    "a moving PNG": lambda: _moving("PNG"),
    "a moving WebP": lambda: _moving("WEBP"),
    "a GIF": lambda: _moving("GIF"),
    "a GIF that is a script": lambda: b"GIF89a/*" + PAYLOAD + b"*/=1;",
    "a TIFF": lambda: saved(halves(64, 48), "TIFF"),
    "a program": lambda: b"MZ" + bytes(400),
    "an archive": lambda: b"PK\x03\x04" + bytes(400),
    "a web page called photo.jpg": lambda: b"<!doctype html><html>" + PAYLOAD + b"</html>",
    "words": lambda: b"This is only a letter.",
    "a PDF with a password": lambda: a_page(encryption=pikepdf.Encryption(owner="a", user="b")),
    "a PDF without pages": lambda: a_page()[:9] + b"1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>>",
    "a PDF as large as a house": lambda: a_page(size=(2_000_000, 2_000_000)),
    "a web page that is a PDF": lambda: b"<html>" + PAYLOAD + b"%PDF-1.7 </html>",
    "an SVG that reads a file": lambda: (
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("<title>&x;</title>")
    ),
    "an SVG that laughs a thousand million times": _laughs,
    "an SVG that fetches its entities": lambda: (
        b'<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>' + svg("")
    ),
    "an SVG with a picture from elsewhere": lambda: svg(
        '<image href="http://127.0.0.1:9/x.png" width="9" height="9"/>'
    ),
    "an SVG that uses another file": lambda: svg('<use href="file:///etc/passwd#x"/>'),
    "an SVG that uses itself": lambda: svg('<g id="a"><use href="#a"/><path d="M0 0h9v9z"/></g>'),
    "an SVG with 10^39 uses": lambda: svg(_nested_use()),
    "an SVG with a script": lambda: svg(PAYLOAD.decode()),
    "an SVG with a web page": lambda: svg("<foreignObject><p>x</p></foreignObject>"),
    "an SVG with a style from elsewhere": lambda: svg(
        "<style>@import 'http://127.0.0.1:9/';</style><path d='M0 0h9v9z'/>"
    ),
    "an SVG with letters that no font has": lambda: svg('<text y="9">\U00013000</text>'),
    "an SVG with letters along a line": lambda: svg('<path id="p"/><text><textPath href="#p">A</textPath></text>'),
    "an SVG with letters in a font of its own": lambda: svg(
        "<style>@font-face{font-family:a;src:url(http://127.0.0.1:9/a)}</style><text>A</text>"
    ),
    "an SVG with a book in it": lambda: svg(f"<text>{'Marit ' * 100_000}</text>"),
    "an SVG with letters as large as a house": lambda: svg('<text font-size="1e300">Marit</text>'),
    "an SVG with letters beyond all numbers": lambda: svg('<text x="nan" rotate="inf">Marit</text>'),
    "an SVG with a text that holds a script": lambda: svg(f"<text>Marit{PAYLOAD.decode()}</text>"),
    "an SVG with 10^39 uses of a text": lambda: svg(
        _nested_use().replace('<path d="M0 0h9v9z"/>', "<text>Marit</text>")
    ),
    "an SVG with a text a hundred thousand parts deep": lambda: svg(
        f"<text>{'<tspan>' * 100_000}A{'</tspan>' * 100_000}</text>"
    ),
    "an SVG with a gradient that is not there": lambda: svg('<path fill="url(#a)" d="M0 0h9v9z"/>'),
    "an SVG with a gradient from elsewhere": lambda: svg('<path fill="url(http://127.0.0.1:9/#a)" d="M0 0h9v9z"/>'),
    "an SVG with a gradient that inherits from elsewhere": lambda: svg(
        '<linearGradient id="g" href="file:///etc/passwd#g"/><path fill="url(#g)" d="M0 0h9v9z"/>'
    ),
    "an SVG with a picture that is an SVG": lambda: svg(
        f'<image href="data:image/svg+xml;base64,{base64.b64encode(svg("")).decode()}" width="9" height="9"/>'
    ),
    "an SVG with a picture of 2.5 gigapixels": lambda: svg(_picture_within(png_that_claims(50_000, 50_000))),
    "an SVG with a picture that is cut off": lambda: svg(_picture_within(png_that_claims(100, 100)[:60])),
    "an SVG with a filter that reads a file": lambda: svg(_filters('<feImage href="file:///etc/passwd"/>')),
    "an SVG with noise": lambda: svg(_filters('<feTurbulence baseFrequency="9" numOctaves="9999"/>')),
    "an SVG with a brush as large as a house": lambda: svg(_filters('<feMorphology radius="99999"/>')),
    "an SVG with a thousand filters": lambda: svg(_filters('<feGaussianBlur stdDeviation="9"/>', 1_000)),
    "an SVG with a pattern that holds itself": lambda: svg(
        '<pattern id="p" width="9" height="9"><rect width="9" height="9" fill="url(#p)"/></pattern>'
        '<rect width="9" height="9" fill="url(#p)"/>'
    ),
    "an SVG with a mask that masks itself": lambda: svg(
        '<mask id="m"><rect mask="url(#m)" width="9" height="9"/></mask><rect mask="url(#m)" width="9" height="9"/>'
    ),
    "an SVG with a pattern of nearly nothing": lambda: svg(
        '<pattern id="p" width=".00001" height=".00001"><path d="M0 0h9v9z"/></pattern>'
        '<rect width="40" height="30" fill="url(#p)"/>'
    ),
    "an SVG with 9^30 patterns": lambda: svg(_nested_patterns()),
    "an SVG with 10^39 half transparent uses": lambda: svg(f'<g opacity=".5">{_nested_use()}</g>'),
    "an SVG with shading a hundred thousand groups deep": lambda: svg(
        '<g opacity=".5">' + "<g>" * 100_000 + "</g>" * 100_001
    ),
    "an SVG with shading and letters along a line": lambda: svg(
        '<g opacity=".5"><text><textPath href="#p">Marit</textPath></text></g>'
    ),
    "an SVG with shading and a web page": lambda: svg('<g opacity=".5"><foreignObject><p>x</p></foreignObject></g>'),
    "an SVG with shading and a script": lambda: svg(f'<g opacity=".5">{PAYLOAD.decode()}</g>'),
    "an SVG with shading that is endlessly thin": lambda: svg('<path opacity=".5" d="M0 0h9v9z"/>').replace(
        b"0 0 40 30", b"0 0 40000 1"
    ),
    "an SVG with shading without any size": lambda: svg('<path opacity=".5" d="M0 0h9v9z"/>').replace(
        b'viewBox="0 0 40 30"', b""
    ),
    "an SVG a hundred thousand groups deep": lambda: svg("<g>" * 100_000 + "</g>" * 100_000),
    "an SVG with a million lines": lambda: svg(f'<path d="M0 0{"l1 1" * 1_000_000}"/>'),
    "an SVG beyond all numbers": lambda: svg('<path d="M0 0L1e999 9L9 9Z"/>'),
    "an SVG with no number where one belongs": lambda: svg('<rect width="nan" height="9"/>'),
    "an SVG with too much in its transform": lambda: svg('<path transform="translate(1 2 3 4)" d="M0 0h9v9z"/>'),
    "an SVG that is cut off": lambda: svg('<path d="M0 0h9v9z"/>')[:90],
    "an SVG with nothing in it": lambda: svg(""),
    "an SVG of 9 MB": lambda: svg(f"<desc>{'x' * 9_000_000}</desc>"),
}
"""Every one is refused with a sentence."""
