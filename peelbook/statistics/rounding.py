"""Rounding as the publishers round."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def rounded(value: float, decimals: int = 1) -> float:
    """Round half away from zero, as the publishers print; never minus zero."""
    if value != value:  # missing stays missing
        return value
    step = Decimal(1).scaleb(-decimals)
    # through repr, so that 0.25 is a quarter and not the binary number beside it
    return float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)) + 0.0
