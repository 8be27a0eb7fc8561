"""All figures, one after the other: `make bench`."""

from benchmarks import artwork, serving, shopping, workshop

for part in (artwork, serving, shopping, workshop):
    part.main()
