"""What `data/` holds: schemas, loading with hashes, forces, periods, exclusions and caveats.

It reads what was published and says so; it never guesses a missing value, and knows no indicator.
"""

from peelbook.tables.loading import (
    PACKAGE,
    blemishes,
    data_directory,
    data_fingerprint,
    describe_table,
    file_fingerprint,
    load_boundaries,
    load_table,
    table_names,
    verify_tables,
)

__all__ = [
    "PACKAGE",
    "blemishes",
    "data_directory",
    "data_fingerprint",
    "describe_table",
    "file_fingerprint",
    "load_boundaries",
    "load_table",
    "table_names",
    "verify_tables",
]
