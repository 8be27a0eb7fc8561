"""The configuration engine: what is still possible, why not, and the smallest way out. Pure."""
