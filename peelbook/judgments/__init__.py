"""The framework, and the rules that turn evidence into grades with their reasons.

No rule or threshold is hidden in code: each stands in `frameworks/`.
"""
