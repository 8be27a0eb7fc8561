"""Blanks and the shop's own data, read from folders and checked to the line. Pure once read."""
