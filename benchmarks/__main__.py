"""All figures, one after the other: `make bench`."""

from benchmarks import serving, shopping, workshop

for part in (serving, shopping, workshop):
    part.main()
