"""The declared variants of the report's rules, tried in this order when a number does not come out.

They are few and each has a reason of its own; none was made up to fit a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from peelbook.indicators.catalogue import Indicator


@dataclass(frozen=True)
class Variant:
    """One other way to compute a number.

    `changes` are parameters that differ from the default, `without` forces left out of England
    and Wales, `quarterly` counts recorded crime from the quarterly open data table instead of
    the rolling-year table. `because` says why the inspectorate might have done so.
    """

    id: str
    because: str
    changes: dict[str, object] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    quarterly: bool = False

    def entry(self, entry: Indicator) -> Indicator:
        """Return the catalogue entry as this variant counts it."""
        return replace(entry, kind="quarterly") if self.quarterly and entry.without else entry


BY_THE_RULES = Variant("", "The rules of the report as this book states them.")
BTP = {"british_transport_police": True}
VARIANTS = (
    Variant(
        "fraud in the base year",
        "Forces recorded fraud themselves in 2011, before Action Fraud took over; a table that "
        "has a total for that year includes it.",
        {"fraud_in_base_year": True},
    ),
    Variant(
        "British Transport Police counted in",
        "Home Office totals for England and Wales include it, though the report says that it is "
        "left out.",
        BTP,
    ),
    Variant(
        "households of mid-2014",
        "Household estimates come out later than population estimates; mid-2014 may have been the "
        "newest at hand.",
        {"households_mid_year": 2014},
    ),
    Variant(
        "British Transport Police counted in, City of London left out",
        "Tables of rates leave out the City, which has few residents.",
        BTP,
        without=("city-of-london",),
    ),
    Variant(
        "quarterly open data table, British Transport Police counted in",
        "The report names the open data tables as its source; their later releases hold other "
        "revisions than the rolling-year table.",
        BTP,
        quarterly=True,
    ),
)

OF_THE_TRANSCRIBED_RELEASE = Variant(
    "British Transport Police and Dorset counted in",
    "For outcomes alone: the totals of England and Wales in the release that was transcribed hold both, "
    "though the report left them out.",
)
"""Not tried in turn: the totals cannot be had without the two."""
