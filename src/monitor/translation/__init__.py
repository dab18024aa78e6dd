"""Translate sentences offline, check each, and remember them."""
