"""Areas for improvement and causes of concern: what was asked, and what later inspections found."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.findings.register import load_findings
from peelbook.narrative.citations import cite
from peelbook.narrative.prose import Prose, paragraphs, plain, sentences
from peelbook.tables import load_table
from peelbook.tables.inspections import Inspection, load_inspections

IN_LATER = "Inspection of"
_ADDRESS = re.compile(r"https?://[\w.-]+(?:/[\w./~%?&=;,+#-]*)?")
KINDS = (
    (True, "Cause of concern", "Causes of concern"),
    (False, "Area for improvement", "Areas for improvement"),
)
"""Whether it is a cause of concern, and the headings of one and of several."""
REWORDED = (
    "What was asked is given here in this book's words. The source has the official wording, which "
    "is what a force has to answer."
)
LATER = (
    "Where a later inspection found something on the same matter, it follows. It need not mean "
    "that the matter is settled, and silence says nothing."
)


def areas_for_improvement(ev: Evidence, question: str | None = None) -> Prose:
    """List areas for improvement and causes of concern of one core question, or of all.

    Each is marked as reworded and leads to its source. What later inspections of the force
    found on the same matter follows it. Empty where none is known.
    """
    rows = ev.findings if question is None else ev.findings[ev.findings["question"] == question]
    asked = demands(rows)
    parts = []
    for kind, one, several in KINDS:
        items = [_item(ev, demand) for demand in asked if demand.concern == kind]
        if items:
            parts += [f"**{one if len(items) == 1 else several}**", "\n".join(items)]
    if not parts:
        return Prose("")
    followed = LATER if any(IN_LATER in part for part in parts) else ""
    return paragraphs(sentences(REWORDED, followed), *parts)


@dataclass(frozen=True)
class Demand:
    """What a force was asked: `texts` in the register's words, `rows` the findings behind it."""

    texts: tuple[str, ...]
    rows: pd.DataFrame
    concern: bool


def demands(rows: pd.DataFrame) -> list[Demand]:
    """Return the causes of concern among findings, each once, and then the areas for improvement."""
    concerns, areas = rows[rows["cause_of_concern"]], rows[rows["area_for_improvement"]]
    named = concerns["concern"].fillna(concerns["id"])
    groups = [group for _, group in concerns.groupby(named, sort=False)]
    found = [Demand(tuple(group["finding"]), group, concern=True) for group in groups]
    for name, text in zip(areas["id"], areas["area_for_improvement_text"], strict=True):
        found.append(Demand((text,), areas[areas["id"] == name], concern=False))
    return found


def none_named(ev: Evidence) -> Prose:
    """Say on the page of next steps that nothing was named, where that is so."""
    rows = ev.findings
    if (rows["cause_of_concern"] | rows["area_for_improvement"]).any():
        return Prose("")
    if rows.empty:
        return Prose(
            "What the force was asked is not known: this book holds no findings of an inspection."
        )
    return Prose(
        "What is known of this inspection names no area for improvement and no cause of concern. "
        "The full report may name some."
    )


def _item(ev: Evidence, demand: Demand) -> str:
    text = " ".join(plain(each) for each in demand.texts)
    first = demand.rows.iloc[0]
    lines = [f"- {text} {cite(demand.rows['id'])} {source(first)}".rstrip()]
    lines += [
        f"  - {IN_LATER} {later.name}: "
        + " ".join(plain(each) for each in found["finding"])
        + f" {source(found.iloc[0])}"
        for later, found in later_findings(ev, demand)
    ]
    return "\n".join(lines)


def source(row: pd.Series) -> str:
    """Return a link to the source of a finding, as it stands behind a sentence."""
    link = source_link(row)
    return f"(Source: {link})" if link else ""


def source_link(row: pd.Series) -> str:
    """Return a link to the source of a finding, its title alone where the address is no web page."""
    title = row["source_title"]
    if pd.isna(title):
        return ""
    address = web_address(row["source_url"])
    return f"[{plain(title)}]({address})" if address else plain(title)


def web_address(address: object) -> str:
    """Return the address of a web page as a link holds it, empty where it is none."""
    # a bracket would end a link in Markdown
    written = "" if pd.isna(address) else str(address).replace("(", "%28").replace(")", "%29")
    return written if _ADDRESS.fullmatch(written) else ""


def later_findings(ev: Evidence, demand: Demand) -> list[tuple[Inspection, pd.DataFrame]]:
    """Return what each later inspection of the force found on a demand, by `register_answers`.

    Only inspections with such a finding. None for a register that a user supplies.
    """
    if ev.parameters.findings or ev.inspection is None:
        return []
    links = load_table("register_answers")
    own = (links["force"] == ev.force.slug) & (links["inspection"] == ev.inspection.id)
    links = links[own & links["id"].isin(demand.rows["id"])]
    found = []
    for later in load_inspections().values():
        named = links.loc[links["later_inspection"] == later.id, "later_id"]
        if len(named):
            register = load_findings(ev.force.slug, later.id)
            found.append((later, register[register["id"].isin(named)]))
    return found
