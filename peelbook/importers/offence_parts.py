"""Which offences make up which: recorded crime without fraud and its parts."""

from __future__ import annotations

TOTAL = "recorded-crime"
FRAUD = "fraud-offences"
CRIME_GROUPS = (
    "violence-against-the-person",
    "sexual-offences",
    "robbery",
    "theft-offences",
    "criminal-damage-and-arson",
    "drug-offences",
    "possession-of-weapons-offences",
    "public-order-offences",
    "miscellaneous-crimes-against-society",
)
"""What recorded crime without fraud is divided into."""
VIOLENCE = (
    "homicide",
    "violence-with-injury",
    "violence-without-injury",
    "stalking-and-harassment",
    "death-or-serious-injury-caused-by-illegal-driving",
)
BURGLARY = ("residential-burglary", "non-residential-burglary")
BURGLARY_BEFORE_2017 = ("domestic-burglary", "non-domestic-burglary")
"""Offence groups of before April 2017. The workbooks count a few late entries with their
successors, residential and non-residential burglary."""
OTHER_THEFT = (
    "vehicle-offences",
    "theft-from-the-person",
    "bicycle-theft",
    "shoplifting",
    "all-other-theft-offences",
)
PARTS = {
    TOTAL: CRIME_GROUPS,
    "theft-offences": ("burglary", *OTHER_THEFT),
    "burglary": BURGLARY,
    "violence-against-the-person": VIOLENCE,
}
"""Total -> the offence groups that make it up."""
GROUP_OF = dict.fromkeys(VIOLENCE, "violence-against-the-person") | dict.fromkeys(
    (*BURGLARY_BEFORE_2017, *BURGLARY, *OTHER_THEFT), "theft-offences"
)
"""Offence of the rolling file -> the group that it is counted in, where it is not one itself."""
