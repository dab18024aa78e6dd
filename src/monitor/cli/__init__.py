"""The commands of `monitor`."""
