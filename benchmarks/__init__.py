"""Benchmarks: each figure beside its peer in the same run, as a ratio with its spread. Run `make bench`."""
