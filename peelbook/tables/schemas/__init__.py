"""Every table of `data/`: its columns with type, range, meaning and unit, defined once.

Importers check what they read against these pandera schemas, and `data/datapackage.json` is
generated from them.
"""

from __future__ import annotations

from peelbook.tables.schemas.columns import Table
from peelbook.tables.schemas.context import CONTEXT_TABLES
from peelbook.tables.schemas.crime import CRIME_TABLES
from peelbook.tables.schemas.curated import CURATED_TABLES, RELEASES_TABLE
from peelbook.tables.schemas.registers import REGISTER_TABLES, findings_table

TABLES: dict[str, Table] = {
    table.name: table
    for table in (*CURATED_TABLES, *REGISTER_TABLES, *CRIME_TABLES, *CONTEXT_TABLES, RELEASES_TABLE)
}

__all__ = ["TABLES", "Table", "findings_table"]
