"""Grapheme clusters: what a reader takes for one letter (UAX #29)."""

import regex  # type: ignore[import-untyped]  # the regex package ships no types


def cluster_spans(text: str) -> list[tuple[int, int]]:
    """Where each cluster starts and ends."""
    return [match.span() for match in regex.finditer(r"\X", text)]


def clusters(text: str) -> list[str]:
    """The clusters, in order."""
    return [text[start:end] for start, end in cluster_spans(text)]
