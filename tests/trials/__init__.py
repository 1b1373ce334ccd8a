"""Seeded trials that try to break the program: a few of each kind in CI, all by `make trials`."""
