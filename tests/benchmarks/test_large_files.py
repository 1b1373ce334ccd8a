"""The made-up files of the real size are workbooks that the importers read, cell by cell."""

from itertools import islice

from benchmarks.large_files import crime_rows, outcome_rows, write_ods, write_xlsx
from peelbook.importers.spreadsheets import table_of_workbook

ROWS = 5


def test_rows_are_read_as_they_were_written(tmp_path):
    for name, lines in {"crime.ods": crime_rows(2024), "outcomes.xlsx": outcome_rows()}.items():
        path = tmp_path / name
        meant = [list(row) for row in islice(lines, ROWS + 1)]
        if path.suffix == ".ods":
            assert write_ods(path, {"2024-25": iter(meant)}) == ROWS
        else:
            assert write_xlsx(path, iter(meant)) == ROWS
        read = table_of_workbook(path, list(map(str, meant[0])), [])
        assert read.to_numpy().tolist() == [list(map(str, row)) for row in meant[1:]]
