"""Registers of findings: those of the project and those that a user supplies, by one set of rules.

Nothing here changes what was written.
"""
