"""Checks of a translated sentence: each tells in a few words what is wrong, or nothing."""
