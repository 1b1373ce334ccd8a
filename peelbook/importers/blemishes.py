"""Every known blemish of the releases and how it is read, for the data dictionary."""

from __future__ import annotations

from peelbook.importers.areas import AREA_BLEMISHES
from peelbook.importers.context import CONTEXT_BLEMISHES
from peelbook.importers.ons_sheets import WORKBOOK_BLEMISHES
from peelbook.importers.outcomes import OUTCOME_BLEMISHES
from peelbook.importers.recorded_crime import RECORDED_CRIME_BLEMISHES

BLEMISHES: dict[str, str] = (
    AREA_BLEMISHES
    | RECORDED_CRIME_BLEMISHES
    | OUTCOME_BLEMISHES
    | WORKBOOK_BLEMISHES
    | CONTEXT_BLEMISHES
)
