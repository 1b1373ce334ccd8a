"""Tables and computed text of the page that tests the judgments against published grades."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.evidence import Evidence
from peelbook.judgments.framework import Framework
from peelbook.narrative.prose import Prose, paragraphs, sentences
from peelbook.narrative.words import DASH, counted, listing, number, percent, sentence_case
from peelbook.pages.validation import ALL_KNOWN, Test
from peelbook.pages.validation_rows import PERIODS, YEARS_OF_GRADES, force_rows, grade_names
from peelbook.statistics.agreement import RESAMPLES, SEED, confusion
from peelbook.tables import load_table
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import in_words

OVERALL, INDICATORS = "overall rule", "indicators only"


def first_of_all(statistics: pd.DataFrame) -> Prose:
    """Say first what the tests show, the bad news before the good."""
    rows = statistics[statistics["test"] == INDICATORS]
    wide = rows.pivot(index="rows", columns="statistic", values="value")
    worse = wide[wide["accuracy"] < wide["accuracy of always good"]]
    kappa = rows[rows["statistic"] == "weighted kappa"]
    unsure = kappa[(kappa["low"] <= 0) & (kappa["high"] >= 0)]
    first = wide.iloc[0]
    little = len(worse) == len(wide) and len(unsure) == len(kappa)
    verdict = (
        "**Indicators alone say little or nothing about the grades that inspectors gave.**"
        if little
        else "**Indicators alone are a weak guide to the grades that inspectors gave.**"
    )
    return Prose(
        sentences(
            verdict,
            f"In {len(worse)} of {counted(len(wide), 'test')} they agree with the published grade "
            "less often than the guess that every force is good "
            f"({percent(100 * first['accuracy'])} against "
            f"{percent(100 * first['accuracy of always good'])} for {wide.index[0]}), and in "
            f"{len(unsure)} the interval of weighted kappa includes zero, the value of a blind guess.",
            "An indicative grade is therefore not a forecast of what inspectors would find.",
        )
    )


def overall_in_words(tests: Sequence[Test], statistics: pd.DataFrame) -> Prose:
    """Say how the rule for the overall grade does, rows with explicit grades first."""
    own = [test for test in tests if test.name == OVERALL]
    explicit, everything = own[0], next(test for test in own if test.rows == ALL_KNOWN)
    return paragraphs(
        sentences(_agreed(explicit, statistics), _agreed(everything, statistics)),
        "This is a narrow test: it asks only whether the count of core questions below good gives "
        "the overall grade, not whether the grades of the core questions can be computed. "
        + _no_resample(statistics),
    )


def _agreed(test: Test, statistics: pd.DataFrame) -> str:
    same = int((test.pairs["computed"] == test.pairs["published"]).sum())
    rows = statistics[(statistics["test"] == test.name) & (statistics["rows"] == test.rows)]
    values = rows.set_index("statistic")
    accuracy = values.loc["accuracy"]
    return (
        f"*{sentence_case(test.rows)}:* the rule gives the published overall grade in {same} of "
        f"{counted(len(test.pairs), 'case')} ({percent(100 * accuracy['value'])}, 95 percent "
        f"interval {_interval(accuracy, percentage=True)}); the guess that every force is good "
        f"gives {percent(100 * values.loc['accuracy of always good', 'value'])}."
    )


def _no_resample(statistics: pd.DataFrame) -> str:
    rows = statistics[
        (statistics["test"] == OVERALL) & (statistics["statistic"] == "weighted kappa")
    ]
    if rows["low"].notna().all():
        return ""
    return (
        "Where every pair agrees no resample differs, so the interval of accuracy is the exact "
        "binomial one for as many forces, and kappa has none."
    )


def thresholds_in_words(table: pd.DataFrame) -> Prose:
    """Say how other numbers in the main overall rule would do."""
    others = table[~table["used"]]
    told = [
        f"{row.agree} of {row.n} with {row.at_least} in place of it" for row in others.itertuples()
    ]
    used = table[table["used"]].iloc[0]
    return Prose(
        f"Rule {used['rule']} has the number {used['at_least']}, with which {used['agree']} of "
        f"{used['n']} agree; it would be {listing(told)}. The published grades thus tell the "
        "numbers apart. This was computed after the rule had been written, and nothing was changed."
    )


def coverage(framework: Framework) -> Html:
    """Return by year how many grades are published, by how they were read."""
    published = load_table("judgments")
    core = [question.id for question in framework.questions if question.graded]
    rows = []
    for year in YEARS_OF_GRADES:
        own = published[published["year"] == year]
        wanted = own[own["question"].isin(core)]
        overall = int((own["question"] == "overall").sum())
        explicit = int((wanted["basis"] == "explicit").sum())
        rows.append(
            {
                "Year": str(year),
                "Overall grades known": str(overall) if overall else "none published",
                "Core grades known": str(len(wanted)),
                "Read as stated": str(explicit),
                "Read from wording": str(int((wanted["basis"] == "narrative").sum())),
                "Carried over": str(int((wanted["basis"] == "carried-over").sum())),
                # in 2014 other questions were asked, so there is no number that should be known
                "Core grades not known": str(len(all_forces()) * len(core) - len(wanted))
                if overall
                else DASH,
            }
        )
    return text_table(pd.DataFrame(rows), "Published grades by year and how they were read")


def statistics_table(statistics: pd.DataFrame, test: str) -> Html:
    """Return the statistics of one test with intervals and baselines."""
    own = statistics[statistics["test"] == test]
    table = pd.DataFrame(
        {
            "Rows": own["rows"].map(sentence_case),
            "Pairs": own["n"].astype(str),
            "Forces": own["forces"].astype(str),
            "Statistic": own["statistic"].map(sentence_case),
            "Value": [number(value, 2) for value in own["value"]],
            "95 percent interval": [_interval(row) for _, row in own.iterrows()],
        }
    )
    return text_table(table, f"Agreement with published grades: {test}")


def confusion_tables(tests: Sequence[Test], test: str, framework: Framework) -> Html:
    """Return a confusion matrix for each set of rows of one test."""
    return Html("\n".join(_confusion(own, framework) for own in tests if own.name == test))


def _confusion(test: Test, framework: Framework) -> str:
    counts = confusion(test.pairs, grade_names(framework))
    table = counts.astype(str).rename(columns=lambda name: f"Computed: {name}")
    table.insert(0, "Published", [sentence_case(name) for name in counts.index])
    heading = f"{sentence_case(test.rows)} ({counted(len(test.pairs), 'pair')})"
    return f"<p>{heading}</p>\n{text_table(table, heading)}"


def method(framework: Framework) -> Prose:
    """Say which statistics are computed and how the intervals are drawn."""
    periods = [
        f"{in_words(pd.Timestamp(end))} for the grades of {year}" for year, end in PERIODS.items()
    ]
    return Prose(
        "Accuracy is the share of pairs in which both grades are the same. Weighted kappa "
        "corrects for what chance would give and counts a difference by the "
        f"square of its steps on the scale of {counted(len(framework.grades), 'grade')}. Intervals "
        f"are percentiles of a bootstrap of {RESAMPLES:,} resamples with seed {SEED} that draws "
        "whole forces, since the grades of one force are not independent. The periods of the "
        f"indicators are the 12 months to {listing(periods)}."
    )


def force_table(ev: Evidence) -> Html:
    """Return each computed grade of a force beside the published one."""
    rows = force_rows(ev)
    table = pd.DataFrame(
        {
            "Id": rows["id"],
            "Question": rows["title"],
            "Computed here": rows["computed"].map(sentence_case),
            "Published": [DASH if pd.isna(g) else sentence_case(g) for g in rows["published"]],
            "Read": [DASH if pd.isna(basis) else basis for basis in rows["basis"]],
            "Agrees": rows["agrees"].map({True: "Yes", False: "No"}).fillna(DASH).astype(str),
        }
    )
    return text_table(table, f"Computed and published grades of {ev.force.full_name}")


def force_discussion(ev: Evidence) -> Prose:
    """Discuss each grade that differs from the published one of its core question."""
    rows = force_rows(ev)
    known = rows.dropna(subset="agrees")
    differing = known[~known["agrees"].astype(bool)]
    level = known["id"].str.contains(".", regex=False)
    own_grades = known[~level]
    summary = (
        f"The {counted(len(own_grades), 'grade')} that the inspectorate published agree in "
        f"{int(own_grades['agrees'].sum())}. Sub-questions have no published grade, so each stands "
        "beside that of its core question; a part can differ from the whole without either being "
        "wrong."
    )
    better = sum(_is_better(ev, row) for row in differing.itertuples())
    lean = ""
    if better in (0, len(differing)) and len(differing) > 1:
        lean = (
            f"All {len(differing)} that differ are {'better' if better else 'worse'} than the "
            "published grade, so the rules or the coding of the register may lean that way."
        )
    return paragraphs(
        sentences(summary, lean), *(_difference(ev, row) for row in differing.itertuples())
    )


def _is_better(ev: Evidence, row: tuple) -> bool:
    order = grade_names(ev.framework)
    return order.index(row.computed) < order.index(row.published)


def _difference(ev: Evidence, row: tuple) -> str:
    reasons = ev.reasons(row.id).set_index("rule")["text"]
    return sentences(
        f"**{row.id} {row.title}** is computed as {row.computed}, "
        f"{'better' if _is_better(ev, row) else 'worse'} than the {row.published} published for "
        "its core question.",
        reasons["evidence"],
        reasons["change"],
    )


def _interval(row: pd.Series, *, percentage: bool = False) -> str:
    if pd.isna(row["low"]):
        return DASH
    if percentage:
        return f"{number(100 * row['low'])} to {number(100 * row['high'])}"
    return f"{number(row['low'], 2)} to {number(row['high'], 2)}"
