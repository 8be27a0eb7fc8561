"""The program that sets one paper: a task as JSON in, a PDF out. Run by typesetting.py; imports nothing of ours."""

import json
import sys

import typst


def main() -> None:
    """The system's fonts are left out and the time is fixed: the bytes depend on the task alone."""
    task = json.load(sys.stdin)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=task["fonts"])
    pdf = typst.compile(
        task["layout"].encode(),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"values": task["values"]},
        timestamp=0,
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
