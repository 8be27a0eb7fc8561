"""Preflight while editing: what would not come out well, in a sentence, with fixes a press of a button sends."""
