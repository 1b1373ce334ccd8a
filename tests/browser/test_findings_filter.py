"""The findings of a book are chosen by words, question, kind, weight and change, in the page itself."""

import pytest
from rendered_book import PROJECT

from peelbook.charts.findings_table import findings_table

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def evidence():
    from peelbook.evidence import load_evidence

    return load_evidence(force="norfolk", period_end="2019-03-31")


@pytest.fixture
def page(driver, evidence, tmp_path):
    scripts = "".join(
        f'<script src="{(PROJECT / "_static" / name).as_uri()}"></script>'
        for name in ("sortable.js", "findings_filter.js")
    )
    file = tmp_path / "findings.html"
    html = f'<!doctype html><meta charset="utf-8">{findings_table(evidence)}{scripts}'
    file.write_text(html, encoding="utf-8")
    driver.get(file.as_uri())
    return driver


def left(page):
    rows = page.find_elements("css selector", "tbody tr")
    return [row.get_attribute("id") for row in rows if row.is_displayed()]


def field(page, name):
    labels = page.find_elements("css selector", ".peel-filter label")
    (label,) = [each for each in labels if each.text.split("\n")[0].split()[0] == name]
    return label.find_element("css selector", "input, select")


def test_question_and_kind_are_chosen_together_and_counted(page, evidence):
    from selenium.webdriver.support.ui import Select

    Select(field(page, "Question")).select_by_value("1")
    Select(field(page, "Kind")).select_by_value("Weakness")
    rows = evidence.findings
    wanted = rows[(rows["question"] == "q1") & (rows["polarity"] == "weakness")]["id"]
    assert 0 < len(wanted) < len(rows)
    assert left(page) == [f"finding-{name}" for name in wanted]
    said = page.find_element("css selector", ".peel-filter [role=status]").text
    assert said == f"{len(wanted)} of {len(rows)} findings shown"


def test_words_are_found_in_any_order_and_a_link_to_a_hidden_row_shows_it(page, evidence):
    rows = evidence.findings
    (manager,) = rows[rows["finding"].str.contains("beat manager")]["id"]
    other = next(name for name in rows["id"] if name != manager)
    field(page, "Words").send_keys("manager BEAT")
    assert left(page) == [f"finding-{manager}"]
    page.execute_script(f"location.hash = 'finding-{other}'")
    assert len(left(page)) == len(rows)
