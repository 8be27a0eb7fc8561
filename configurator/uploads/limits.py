"""How large an upload may be, and how much work reading it may be."""

MEGABYTE = 1_000_000
MOST_BYTES = 50 * MEGABYTE
"""Of the file as it is sent."""
MOST_MADE_BYTES = 48 * MEGABYTE
"""Of the picture as it is kept: more would be slow to print and heavy to hold."""
MOST_PIXELS = 50 * MEGABYTE
MOST_PIXELS_WITHIN = 16 * MEGABYTE
"""Of one picture within a drawing."""
LONGEST_SIDE = 30_000
LEAST_SIDE = 8
DPI, LONG_PX = 600, 5000
"""Pages and drawings with shading are drawn at 600 dpi, at most so many pixels long: 300 dpi at 423 mm."""
MM_PER_INCH = 25.4
MOST_DRAWING_BYTES = 8 * MEGABYTE
MOST_COMMANDS = 20_000
"""Lines and curves of a drawing: every keystroke of the customiser sends them again."""
MOST_DEPTH = 40
MOST_LETTERS = 8_000
"""Of a drawing, spaces among them: a label has a hundred, a book is a PDF."""

MEMORY_BYTES = 1_600 * MEGABYTE
"""Address space of the process that reads."""
CPU_SECONDS = 30
WALL_SECONDS = 60

PREVIEW_PX, SMALL_PX = 1200, 320
"""Longest sides of the copies for the screen, and for pictures in lists, mails and papers."""
