"""A findings register that a user supplies: the template to fill in, and the check of what came back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from peelbook.errors import suggestion
from peelbook.findings.register import (
    CHANGES,
    COLUMN_TYPES,
    OPTIONAL_TYPES,
    POLARITIES,
    REQUIRED_TYPES,
    faulty_rows,
    validate_findings,
)
from peelbook.judgments.framework import Framework, load_framework
from peelbook.tables.supplied import (
    Problem,
    Row,
    Supplied,
    SuppliedFileError,
    read_supplied,
    whole_number,
)

CHECK = "peelbook findings check"
YES, NO = ("true", "yes"), ("false", "no", "")
EXAMPLES = (
    {
        "id": "q1.2-01",
        "question": "q1",
        "sub_question": "q1.2",
        "theme": "neighbourhood policing",
        "finding": "What was found, in one sentence.",
        "polarity": "strength",
        "weight": "2",
        "evidence_kind": "fieldwork",
        "place": "Visit of 3 May",
    },
    {
        "id": "q2.3-01",
        "question": "q2",
        "sub_question": "q2.3",
        "theme": "supervision",
        "finding": "Another finding, in one sentence.",
        "polarity": "weakness",
        "weight": "3",
        "evidence_kind": "crime file review",
        "sample_size": "60",
        "change_since_last": "unchanged",
        "area_for_improvement": "true",
        "area_for_improvement_text": "What should be done.",
        "place": "File review",
    },
)


def findings_template(force_name: str, year: int, framework: Framework | None = None) -> str:
    """Return an empty register for a force: how to fill it in, as comments, then the column names."""
    framework = framework or load_framework()
    lines = [
        f"Findings of an inspection of {force_name} in {year}",
        "",
        "One line is one finding. Lines that begin with # are comments and count for nothing.",
        "Put a text that has a comma in it in double quotes; a spreadsheet does so by itself.",
        f"When it is filled in: {CHECK} FILE, then peelbook render FORCE -p findings FILE",
        "",
        *(f"{name}: {meaning}" for name, meaning in column_meanings(framework).items()),
        "",
        "Sub-questions, and the indicators that speak to them:",
        *(
            f"  {part.id} {part.title}{_speaking(part.id, framework)}"
            for part in framework.sub_questions
        ),
        "",
        "Two lines as examples; take the # away to use them:",
        *_as_csv(EXAMPLES),
    ]
    comments = "".join(f"# {line}".rstrip() + "\n" for line in lines)
    return comments + ",".join(COLUMN_TYPES) + "\n"


def _speaking(sub_question: str, framework: Framework) -> str:
    links = framework.indicators.values()
    names = [link.id for link in links if link.sub_question == sub_question]
    return f": {', '.join(names)}" if names else ""


def column_meanings(framework: Framework) -> dict[str, str]:
    """Return for each column of a register what belongs in it, with the values it may have."""
    weights = " ".join(f"{w}: {text.strip()}" for w, text in framework.finding_weights.items())
    return {
        "id": "any name for the finding, each one once, for example q1.2-01",
        "question": "q1 to q5; may be left blank, for the sub-question says it",
        "sub_question": "one of the sub-questions listed further down",
        "theme": "a few words that group findings, for example supervision",
        "finding": "the finding in one sentence",
        "polarity": " or ".join(POLARITIES),
        "weight": weights,
        "evidence_kind": f"one of: {', '.join(framework.evidence_kinds)}",
        "sample_size": "how many were looked at, a whole number; needed for "
        + ", ".join(framework.kinds_with_sample),
        "change_since_last": f"{', '.join(CHANGES)}, or blank where nothing was compared",
        "area_for_improvement": "true or false (blank is false); only a weakness can be one",
        "area_for_improvement_text": "what should be done; only for an area for improvement",
        "cause_of_concern": "true or false (blank is false); only a weakness can be one",
        "restates_indicator": "an indicator that the finding repeats, so that it is not counted "
        "twice, or blank; those that speak to a sub-question are listed with it",
        "place": "where it stands in your notes or report",
        "heading": "optional: under which sub-heading of its sub-question it is told: "
        + "; ".join(
            f"{part.id} {', '.join(heading.id for heading in part.headings)}"
            for part in framework.sub_questions
        ),
        "because_of": "optional: ids of the findings that are its cause, with blanks between",
        "leads_to": "optional: ids of the findings that follow from it",
        "concern": "optional: a word; causes of concern with the same word count as one",
        "question_summary": "optional, on one line of a question: your own summary of the "
        "question, which then stands in place of the composed one",
        "source_kind": "optional: what kind of source it comes from",
        "source_title": "optional: title of the source",
        "source_url": "optional: web address of the source",
    }


def _as_csv(rows: Iterable[Mapping[str, str]]) -> list[str]:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(COLUMN_TYPES), lineterminator="\n")
    writer.writerows(rows)
    return buffer.getvalue().splitlines()


def check_findings(
    path: Path, framework: Framework | None = None
) -> tuple[Supplied, list[Problem]]:
    """Read a register and return it with everything that is wrong with it, by line.

    Raises InvalidParameter when the file is not there.
    """
    framework = framework or load_framework()
    supplied = read_supplied(path, REQUIRED_TYPES, OPTIONAL_TYPES)
    problems = list(supplied.problems)
    for row in supplied.rows:
        problems += [Problem(row.line, reason) for reason in _faults(row.cells, framework)]
    problems += _contradictions(supplied.rows)
    if supplied.rows and not problems:
        # headings, links between findings: what a render would refuse is said here
        problems += [
            Problem(supplied.rows[position].line, reason)
            for position, reason in faulty_rows(_as_table(supplied), framework)
        ]
    if not supplied.rows and not problems:
        problems.append(Problem(1, "no finding; fill in a line below the column names"))
    return supplied, sorted(problems, key=lambda problem: problem.line)


def read_findings(path: Path, framework: Framework | None = None) -> pd.DataFrame:
    """Return a supplied register in the columns of :func:`peelbook.findings.register.load_findings`.

    Raises
    ------
    InvalidParameter
        when the file is not there.
    SuppliedFileError
        when something is wrong with it; the message names the first line.
    """
    framework = framework or load_framework()
    supplied, problems = check_findings(path, framework)
    if problems:
        raise SuppliedFileError(path, problems, CHECK)
    return validate_findings(_as_table(supplied), framework, supplied.name)


def _as_table(supplied: Supplied) -> pd.DataFrame:
    table = pd.DataFrame([_values(row.cells) for row in supplied.rows], columns=list(COLUMN_TYPES))
    return table.astype(COLUMN_TYPES)


def _values(cells: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {name: text or None for name, text in cells.items()}
    flags = {name: _flag(cells[name]) for name in ("area_for_improvement", "cause_of_concern")}
    size = whole_number(cells["sample_size"]) if cells["sample_size"] else pd.NA
    question = cells["sub_question"].split(".")[0]
    weight = whole_number(cells["weight"])
    return values | flags | {"weight": weight, "sample_size": size, "question": question}


def _flag(text: str) -> bool:
    return text.lower() in YES


def _faults(cells: Mapping[str, str], framework: Framework) -> Iterator[str]:
    for column in ("id", "theme", "finding", "place"):
        if not cells[column]:
            yield f"{column} is blank"
    yield from _place_faults(cells, framework)
    lists = {
        "polarity": POLARITIES,
        "weight": [str(weight) for weight in framework.finding_weights],
        "evidence_kind": framework.evidence_kinds,
        "change_since_last": (*CHANGES, ""),
        "area_for_improvement": (*YES, *NO),
        "cause_of_concern": (*YES, *NO),
    }
    for column, allowed in lists.items():
        given = cells[column]
        if column == "weight" and (number := whole_number(given)) is not None:
            given = str(number)
        flag = column in ("area_for_improvement", "cause_of_concern")
        if (given.lower() if flag else given) not in allowed:
            yield f"{column} {_quoted(given)}: {suggestion(given, filter(None, allowed))}"
    yield from _sample_faults(cells, framework)
    yield from _improvement_faults(cells)


def _quoted(text: str) -> str:
    return f"'{text[:40]}'" if text else "is blank"


def _place_faults(cells: Mapping[str, str], framework: Framework) -> Iterator[str]:
    parents = {part.id: part.question for part in framework.sub_questions}
    given, question = cells["sub_question"], cells["question"]
    if given not in parents:
        shown = f"unknown sub-question '{given[:40]}'" if given else "sub_question is blank"
        yield f"{shown}: {suggestion(given, parents)}"
        return
    if question and question != parents[given]:
        yield f"question '{question[:40]}' is not that of {given}: did you mean {parents[given]}?"
    restated = cells["restates_indicator"]
    speaking = [link.id for link in framework.indicators.values() if link.sub_question == given]
    if restated and restated not in framework.indicators:
        near = suggestion(restated, framework.indicators)
        yield f"restates_indicator '{restated[:60]}' is unknown: {near}"
    elif restated and restated not in speaking:
        allowed = f"allowed: {', '.join(speaking)}" if speaking else "leave it blank"
        yield f"restates_indicator '{restated}' does not speak to {given}; {allowed}"


def _sample_faults(cells: Mapping[str, str], framework: Framework) -> Iterator[str]:
    size, kind = cells["sample_size"], cells["evidence_kind"]
    if not size and kind in framework.kinds_with_sample:
        yield f"sample_size is blank, and a finding from a {kind} needs one"
    elif size and not whole_number(size):
        yield f"sample_size '{size[:40]}': wanted: a whole number above zero"


def _improvement_faults(cells: Mapping[str, str]) -> Iterator[str]:
    improvement, text = _flag(cells["area_for_improvement"]), cells["area_for_improvement_text"]
    if cells["polarity"] == "strength":
        if improvement:
            yield "an area for improvement on a strength; did you mean weakness?"
        if _flag(cells["cause_of_concern"]):
            yield "a cause of concern on a strength; did you mean weakness?"
    if improvement and not text:
        yield "area_for_improvement_text is blank, and an area for improvement needs it"
    if text and not improvement:
        yield "area_for_improvement_text without an area for improvement; did you mean true?"


def _contradictions(rows: Iterable[Row]) -> Iterator[Problem]:
    """Name findings that share an id, or that say the same in the same sub-question."""
    ids: dict[str, int] = {}
    texts: dict[tuple[str, str], Row] = {}
    for row in rows:
        name = row.cells["id"]
        if name and ids.setdefault(name, row.line) != row.line:
            yield Problem(row.line, f"id '{name[:40]}' is already that of line {ids[name]}")
        text = (row.cells["sub_question"], " ".join(row.cells["finding"].lower().split()))
        first = texts.setdefault(text, row)
        if text[1] and first is not row:
            contrary = first.cells["polarity"] != row.cells["polarity"]
            said = "with the other polarity" if contrary else "already"
            yield Problem(row.line, f"the same finding stands in line {first.line} {said}")
