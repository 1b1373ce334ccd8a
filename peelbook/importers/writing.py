"""Write a table as its file in `data/`, the same to the byte for the same rows."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from peelbook.tables.schemas import Table

ARROW_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}


def write_table(table: Table, frame: pd.DataFrame, data_dir: Path) -> None:
    """Write a table, sorted by its key; raises pandera's SchemaError if it breaks its schema."""
    tidy = frame[list(table.columns)].sort_values(list(table.key), ignore_index=True)
    table.schema.validate(tidy)
    kinds = {name: column.metadata["kind"] for name, column in table.columns.items()}
    if table.file_format == "parquet":
        arrow = pa.Table.from_pandas(
            tidy,
            schema=pa.schema([(name, ARROW_TYPES[kind]) for name, kind in kinds.items()]),
            preserve_index=False,
        ).replace_schema_metadata(None)
        pq.write_table(
            arrow, data_dir / table.path, compression="zstd", compression_level=19, version="2.6"
        )
        return
    integers = [name for name, kind in kinds.items() if kind == "integer"]
    dates = [name for name, kind in kinds.items() if kind == "date"]
    flags = [name for name, kind in kinds.items() if kind == "boolean"]
    text = tidy.astype(dict.fromkeys(integers, "Int64")).assign(
        **{name: tidy[name].dt.strftime("%Y-%m-%d") for name in dates},
        **{name: tidy[name].map({True: "true", False: "false"}) for name in flags},
    )
    write_text(data_dir / table.path, text.to_csv(index=False, lineterminator="\n"))


def write_text(path: Path, content: str) -> None:
    """Write a text as UTF-8 with the line ends that it has."""
    path.write_bytes(content.encode("utf-8"))
