"""Batches: planning, sequencing, nesting, promise, releasing, the floor's scans and remakes."""
