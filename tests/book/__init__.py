"""Tests of the pages of a rendered book."""
