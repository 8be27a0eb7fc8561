"""All figures, one after the other: `make bench`."""

from benchmarks import artwork, serving, shopping, stitches, workshop

for part in (artwork, stitches, serving, shopping, workshop):
    part.main()
