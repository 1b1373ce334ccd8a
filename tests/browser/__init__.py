"""Tests of a rendered book in a real browser, with no network."""
