"""Narrative: phrases and sentences of British English, made from computed values.

Nothing here computes a statistic.
"""
