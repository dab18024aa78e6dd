"""Benchmarks of monitor: each is one command, takes its data as an argument and prints a table."""
