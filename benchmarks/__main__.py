"""All figures, one after the other: `make bench`."""

from benchmarks import artwork, options, serving, shopping, stitches, workshop

for part in (options, artwork, stitches, serving, shopping, workshop):
    part.main()
