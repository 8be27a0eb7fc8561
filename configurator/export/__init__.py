"""The batch package, written from frozen values: files for machines and papers for people. Knows no tables."""
