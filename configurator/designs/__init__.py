"""Designs: a blank, a configuration and artwork, named by their hash; permalinks and prices. Pure."""
