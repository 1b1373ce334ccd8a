"""What the notebooks of `national/` and `methodology/` call: tables, maps and charts of all forces.

Text and values come from the rooms before it; no rule of its own decides a value or a grade.
"""
