"""The command: ``python -m tools.draw [--check]`` writes `book/drawings/NAME.svg` and, beside it, `NAME.png`.

The book shows the SVG. A notebook cannot: Colab and JupyterLab show no SVG in a text cell, so the exporter takes the
PNG. Chromium paints it, only when the SVG has changed: the PNG holds the SVG's fingerprint.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

from tools.browser import chromium
from tools.draw.pictures import PICTURES
from tools.draw.shapes import WIDTH

FOLDER = Path(__file__).resolve().parents[2] / "book" / "drawings"
PIXELS = 480  # the width of a PNG
KEY = "svg"  # of the PNG's text that holds the fingerprint


def drawn() -> dict[str, str]:
    """Name of every picture → the text of its SVG file."""
    return {name: make().svg() for name, make in PICTURES.items()}


def fingerprint(svg: str) -> str:
    return hashlib.sha256(svg.encode()).hexdigest()


def painted_from(png: Path) -> str:
    """Return the fingerprint of the SVG that a PNG was painted from; empty if it has none."""
    data, place = png.read_bytes(), 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        if data[place + 4 : place + 8] == b"tEXt":
            key, _, value = data[place + 8 : place + 8 + length].partition(b"\0")
            if key == KEY.encode():
                return value.decode()
        place += length + 12
    return ""


def differing(folder: Path = FOLDER) -> list[str]:
    """Name every file in the folder that is not what the pictures say, is missing, or belongs to none."""
    found = []
    for name, svg in drawn().items():
        file, png = folder / f"{name}.svg", folder / f"{name}.png"
        if not file.is_file() or file.read_text(encoding="utf-8") != svg:
            found.append(file.name)
        if not png.is_file() or painted_from(png) != fingerprint(svg):
            found.append(png.name)
    found += [path.name for path in sorted(folder.glob("*")) if path.stem not in PICTURES]
    return found


def paint(svgs: Mapping[str, str], folder: Path) -> None:
    """Write the PNG of each picture, as wide as a notebook should show it: Markdown names no size."""
    from PIL import Image, PngImagePlugin

    with chromium() as browser:
        page = browser.new_page(device_scale_factor=PIXELS / WIDTH, viewport={"width": WIDTH, "height": 800})
        for name, svg in svgs.items():
            page.set_content(f'<body style="margin:0"><div style="width:{WIDTH}px;line-height:0">{svg}</div>')
            shot = page.locator("svg").screenshot(omit_background=True)
            painted = Image.open(io.BytesIO(shot)).convert("RGBA")
            ground = Image.new("RGBA", painted.size, "white")
            ground.alpha_composite(painted)
            picture = ground.convert("RGB").quantize(255, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            corners = painted.getchannel("A").point(lambda alpha: 255 * (alpha < 128))
            picture.putpalette([*(picture.getpalette() or [])[: 3 * 255], 255, 255, 255])
            picture.paste(255, mask=corners)  # the last colour is none
            words = PngImagePlugin.PngInfo()
            words.add_text(KEY, fingerprint(svg))
            picture.save(folder / f"{name}.png", transparency=255, pnginfo=words)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write the still pictures of the book.")
    parser.add_argument("--check", action="store_true", help="write nothing; name each file that differs")
    options = parser.parse_args(arguments)
    if options.check:
        found = differing()
        for name in found:
            print(f"{name} differs: run make drawings", file=sys.stderr)
        return bool(found)
    FOLDER.mkdir(exist_ok=True)
    old = {}
    for name, svg in drawn().items():
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")
        png = FOLDER / f"{name}.png"
        if not png.is_file() or painted_from(png) != fingerprint(svg):
            old[name] = svg
    if old:
        paint(old, FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
