"""Data returns that a user supplies, and the indicators that they fill.

Nothing here changes what was written.
"""
