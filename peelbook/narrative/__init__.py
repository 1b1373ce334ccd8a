"""Narrative: phrases and sentences of British English, made from computed values."""
