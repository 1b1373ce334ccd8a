"""Every known blemish of the releases and how it is read, for the data dictionary."""

from __future__ import annotations

from peelbook.importers.areas import AREA_BLEMISHES
from peelbook.importers.arrests import ARREST_BLEMISHES
from peelbook.importers.conduct import CONDUCT_BLEMISHES
from peelbook.importers.crime_severity import SEVERITY_BLEMISHES
from peelbook.importers.judgments import JUDGMENT_BLEMISHES
from peelbook.importers.later_crime import LATER_CRIME_BLEMISHES
from peelbook.importers.later_outcomes import LATER_OUTCOME_BLEMISHES
from peelbook.importers.local_authorities import AUTHORITY_BLEMISHES
from peelbook.importers.ons_knife import KNIFE_BLEMISHES
from peelbook.importers.ons_sheets import WORKBOOK_BLEMISHES
from peelbook.importers.outcomes import OUTCOME_BLEMISHES
from peelbook.importers.recorded_crime import RECORDED_CRIME_BLEMISHES

BLEMISHES: dict[str, str] = (
    AREA_BLEMISHES
    | RECORDED_CRIME_BLEMISHES
    | OUTCOME_BLEMISHES
    | WORKBOOK_BLEMISHES
    | ARREST_BLEMISHES
    | SEVERITY_BLEMISHES
    | JUDGMENT_BLEMISHES
    | LATER_OUTCOME_BLEMISHES
    | LATER_CRIME_BLEMISHES
    | AUTHORITY_BLEMISHES
    | KNIFE_BLEMISHES
    | CONDUCT_BLEMISHES
)
