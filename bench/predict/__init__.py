"""Predictions for labelled files, made by the same public functions that `monitor ingest` uses."""
