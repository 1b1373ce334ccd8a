"""The catalogue of indicators, and their values for all areas at once.

Counts and denominators, comparators, change and series, similar forces, reproduction of published
figures. Nothing here formats a sentence.
"""
