"""Benchmarks: each job beside its rival in the same run, in turn, on seeded data."""
