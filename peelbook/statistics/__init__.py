"""Ranks and bands, intervals, control limits, agreement of grades: numbers in, numbers out.

Nothing here knows a force, an indicator or a chart.
"""
