"""An exclusion added to the table takes a force out of value, average, chart and rank at once."""

import json
import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from peelbook.indicators.values import ENGLAND_AND_WALES, compute_indicator
from peelbook.parameters import Parameters
from peelbook.tables import file_fingerprint

REASON = "Excluded for the sake of a test."
SCRIPT = """
import json
from peelbook.charts import figures
from peelbook.evidence import load_evidence
from peelbook.narrative import crime

ev = load_evidence(force="kent")
table = ev.areas("asb-incidents")
figure = figures.asb_change(ev)
print(json.dumps({
    "status": table["status"].to_dict(),
    "value": table["value"].fillna(-1).to_dict(),
    "of": int(table["of"].dropna().iloc[0]),
    "note": table["note"].to_dict(),
    "bars": [spec for chart in figure.charts.values() for spec in chart.to_dict()["datasets"].values()],
    "notes": figure.notes,
    "prose": str(crime.anti_social_behaviour(ev)),
}))
"""


@pytest.fixture(scope="module")
def without_kent(project, tmp_path_factory):
    """Add an exclusion to a copy of the tables, rebuild its hash, and compute with it."""
    folder = tmp_path_factory.mktemp("tables") / "data"
    shutil.copytree(project / "data", folder)
    exclusions = folder / "exclusions.csv"
    row = f"asb-incidents,kent,2016-03-31,2016-03-31,excluded,{REASON},made up\n"
    exclusions.write_text(exclusions.read_text(encoding="utf-8") + row, encoding="utf-8")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] == "exclusions":
            resource["hash"] = file_fingerprint(exclusions.read_bytes())
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | {"PEELBOOK_DATA": str(folder)},
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_force_excluded_from_indicator_has_no_value_and_the_reason(without_kent):
    assert without_kent["status"]["kent"] == "excluded"
    assert without_kent["value"]["kent"] == -1
    assert without_kent["note"]["kent"] == REASON
    assert without_kent["of"] == 41


def test_force_excluded_from_indicator_is_absent_from_the_average(without_kent):
    table = compute_indicator("asb-incidents", Parameters()).set_index("area")
    others = table.drop([ENGLAND_AND_WALES, "kent"])
    pooled = others["numerator"].sum() / others["denominator"].sum() * 1000
    assert without_kent["value"][ENGLAND_AND_WALES] == pytest.approx(pooled)
    assert pooled != pytest.approx(table.loc[ENGLAND_AND_WALES, "value"])


def test_force_excluded_from_indicator_is_absent_from_the_chart(without_kent):
    drawn = {row["area"] for data in without_kent["bars"] for row in data}
    drawn = {name.removesuffix(" •") for name in drawn}  # the mark of similar forces
    assert "Surrey" in drawn
    assert "Kent" not in drawn
    assert any(REASON in note for note in without_kent["notes"])


def test_text_of_the_excluded_force_leaves_the_reason_to_the_figure(without_kent):
    assert without_kent["prose"] == ""


def test_nothing_changed_for_the_tables_of_the_project():
    assert pd.notna(
        compute_indicator("asb-incidents", Parameters()).set_index("area").loc["kent", "value"]
    )
