"""Charts and tables of the book: computed values in, described figures out.

Nothing here computes a statistic.
"""
