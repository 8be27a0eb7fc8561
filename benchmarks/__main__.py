"""All figures, one after the other: `make bench`."""

from benchmarks import artwork, choosing, options, serving, shopping, stitches, workshop

for part in (options, choosing, artwork, stitches, serving, shopping, workshop):
    part.main()
