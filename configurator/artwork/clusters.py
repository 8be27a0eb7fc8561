"""Grapheme clusters: what a reader takes for one letter (UAX #29)."""

import regex  # type: ignore[import-untyped]  # the regex package ships no types


def cluster_spans(text: str) -> list[tuple[int, int]]:
    """Where each cluster starts and ends. Of ASCII only a line's two ends, CR and LF, stay together."""
    if text.isascii() and "\r" not in text:
        return [(at, at + 1) for at in range(len(text))]
    return [match.span() for match in regex.finditer(r"\X", text)]


def clusters(text: str) -> list[str]:
    """The clusters, in order."""
    return [text[start:end] for start, end in cluster_spans(text)]
