"""Tables and computed text of the page that tests the judgments against published grades."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.evidence import Evidence
from peelbook.judgments.framework import Framework
from peelbook.judgments.published import LEFT_STANDING, published_judgments
from peelbook.judgments.record import summary_record
from peelbook.narrative.prose import Prose, paragraphs, sentences
from peelbook.narrative.words import DASH, counted, listing, number, percent, sentence_case
from peelbook.pages.validation import ALL_KNOWN, EVERY, OVERALL, SUMMARIES, Test
from peelbook.pages.validation_rows import YEARS_OF_GRADES, force_rows, grade_names
from peelbook.statistics.agreement import RESAMPLES, SEED, confusion
from peelbook.tables.forces import all_forces
from peelbook.tables.inspections import name_of_round

TO_EXPLAIN = "The summaries were written to explain the grades."
"""Stands with every figure on agreement of grades from summaries."""


def first_of_all(statistics: pd.DataFrame) -> Prose:
    """Say first what the test of grades from summaries shows."""
    values = _values(statistics, f"{EVERY} {EVERY}")
    accuracy, kappa = values.loc["accuracy"], values.loc["weighted kappa"]
    guesses = [
        values.loc["accuracy of always good", "value"],
        values.loc["accuracy of the grade before", "value"],
    ]
    gain = values.loc["accuracy above always good"]
    return Prose(
        sentences(
            "**Grades computed from published summaries agree with the stated grade of a core "
            f"question in {percent(100 * accuracy['value'], 0)} of {int(values['n'].iloc[0])} cases** "
            f"(95 percent interval {_interval(accuracy, percentage=True)}); to say “good” every time "
            f"is right in {percent(100 * guesses[0], 0)}, to repeat the grade of the inspection "
            f"before (“good” where it is not known) in {percent(100 * guesses[1], 0)}.",
            f"They are thus better than the first guess by {number(100 * gain['value'], 0)} "
            f"percentage points ({_interval(gain, percentage=True)}); weighted kappa is "
            f"{number(kappa['value'], 2)} ({_interval(kappa)}), where 0 is what a blind guess gives.",
            TO_EXPLAIN + " Part of the agreement is therefore that of an author with himself, and "
            "nothing here says how well the rules would foresee a grade that is not yet written.",
        )
    )


def what_it_means(framework: Framework) -> Prose:
    """Say question by question whether a grade from summaries is shown, and why."""
    lines = []
    for name, record in summary_record().items():
        where = "Overall" if name == "overall" else f"Question {name[1:]}"
        verdict = "a grade is shown" if record.shown else "no grade is shown"
        lines.append(
            f"- {where}: {verdict}. {record.agrees} of {record.cases} cases agree; always good would "
            f"be right in {record.always_good}, the grade before in {record.as_before}."
        )
    (rule,) = framework.rules_of("summary-question", "record-needed")
    return paragraphs(f"{rule.sentence} ({TO_EXPLAIN})", "\n".join(lines))


def summary_table(statistics: pd.DataFrame, framework: Framework) -> Html:
    """Return agreement by question and inspection, with intervals and both guesses."""
    own = statistics[statistics["test"] == SUMMARIES]
    rows = [
        _summary_row(name, group.set_index("statistic"), framework)
        for name, group in own.groupby("rows", sort=False)
    ]
    return text_table(pd.DataFrame(rows), "Grades from summaries and stated grades")


def _summary_row(name: str, values: pd.DataFrame, framework: Framework) -> dict[str, str]:
    question, inspection = name.split(" ")
    titles = _question_titles(framework)
    accuracy, kappa = values.loc["accuracy"], values.loc["weighted kappa"]
    return {
        "Question": titles[question],
        "Inspection": "All" if inspection == EVERY else inspection.replace("-", "/"),
        "Cases": str(int(values["n"].iloc[0])),
        "Agree": _percent(accuracy),
        "95 percent interval": _interval(accuracy, percentage=True),
        "Always good": _percent(values.loc["accuracy of always good"]),
        "Grade before": _percent(values.loc["accuracy of the grade before"]),
        "Weighted kappa": number(kappa["value"], 2),
        "Its interval": _interval(kappa),
    }


def _question_titles(framework: Framework) -> dict[str, str]:
    titles = {entry.id: f"{entry.id[1:]} {entry.title}" for entry in framework.questions}
    return titles | {EVERY: "All core questions", "overall": "Overall"}


def _percent(row: pd.Series) -> str:
    return f"{number(100 * row['value'], 0)}%"


def _values(statistics: pd.DataFrame, rows: str) -> pd.DataFrame:
    own = statistics[(statistics["test"] == SUMMARIES) & (statistics["rows"] == rows)]
    return own.set_index("statistic")


def choices_in_words(table: pd.DataFrame, cases: pd.DataFrame, framework: Framework) -> Prose:
    """Say which ratio the forces chose for one another, and how other numbers of findings do."""
    chosen = cases.drop_duplicates("force")["ratio"].value_counts().sort_index()
    picks = [f"{ratio:g} to 1 for {counted(int(n), 'force')}" for ratio, n in chosen.items()]
    tried = listing([f"{ratio:g}" for ratio in framework.summaries.ratios_tried])
    others = [
        f"{row.agrees} of {row.cases} with {row.findings_needed}"
        for row in table[~table["used"]].itertuples()
    ]
    used = table[table["used"]].iloc[0]
    return Prose(
        f"Of the ratios tried ({tried}), the cases of all other forces chose {listing(picks)}. "
        f"A grade needs {used['findings_needed']} findings; with that number {used['agrees']} of "
        f"{used['cases']} cases agree, and it would be {listing(others)}. {TO_EXPLAIN}"
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
    published = published_judgments()
    core = [question.id for question in framework.questions if question.graded]
    rows = []
    for year in YEARS_OF_GRADES:
        own = published[published["year"] == year]
        wanted = own[own["question"].isin(core)]
        overall = int((own["question"] == "overall").sum())
        explicit = int((wanted["basis"] == "explicit").sum())
        rows.append(
            {
                "Year": name_of_round(year),
                "Overall grades known": str(overall) if overall else "none published",
                "Core grades known": str(len(wanted)),
                "Read as stated": str(explicit),
                "Read from wording": str(int((wanted["basis"] == "narrative").sum())),
                "Left standing": str(int((wanted["basis"] == LEFT_STANDING).sum())),
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
    """Return a confusion matrix for each set of rows of one test; of summaries, all inspections."""
    chosen = [own for own in tests if own.name == test]
    if test == SUMMARIES:
        chosen = [own for own in chosen if own.rows.endswith(f" {EVERY}")]
    return Html("\n".join(_confusion(own, framework) for own in chosen))


def _confusion(test: Test, framework: Framework) -> str:
    counts = confusion(test.pairs, grade_names(framework))
    table = counts.astype(str).rename(columns=lambda name: f"Computed: {name}")
    table.insert(0, "Published", [sentence_case(name) for name in counts.index])
    name = test.rows
    if test.name == SUMMARIES:
        question = name.split(" ")[0]
        name = _question_titles(framework)[question]
    heading = f"{sentence_case(name)} ({counted(len(test.pairs), 'pair')})"
    return f"<p>{heading}</p>\n{text_table(table, heading)}"


def method(framework: Framework) -> Prose:
    """Say which statistics are computed and how the intervals are drawn."""
    return Prose(
        "Accuracy is the share of pairs in which both grades are the same. Weighted kappa "
        "corrects for what chance would give and counts a difference by the "
        f"square of its steps on the scale of {counted(len(framework.grades), 'grade')}. Intervals "
        f"are percentiles of a bootstrap of {RESAMPLES:,} resamples with seed {SEED} that draws "
        "whole forces, since the grades of one force are not independent."
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
    """Say how many published grades agree, and discuss each that differs."""
    rows = force_rows(ev).dropna(subset="agrees")
    differing = rows[~rows["agrees"].astype(bool)]
    summary = (
        f"Of the {counted(len(rows), 'grade')} that were published, "
        f"{len(rows) - len(differing)} are the same as computed. Sub-questions have no published "
        "grade, so nothing can be compared with theirs."
    )
    return paragraphs(summary, *(_difference(ev, row) for row in differing.itertuples()))


def _difference(ev: Evidence, row: tuple) -> str:
    order = grade_names(ev.framework)
    better = order.index(row.computed) < order.index(row.published)
    reasons = ev.reasons(row.id).set_index("rule")["text"]
    return sentences(
        f"**{row.id} {row.title}** is computed as {row.computed}, "
        f"{'better' if better else 'worse'} than the {row.published} published.",
        reasons["evidence"],
    )


def _interval(row: pd.Series, *, percentage: bool = False) -> str:
    if pd.isna(row["low"]):
        return DASH
    if percentage:
        return f"{number(100 * row['low'])} to {number(100 * row['high'])}"
    return f"{number(row['low'], 2)} to {number(row['high'], 2)}"
