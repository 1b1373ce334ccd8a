"""Areas for improvement and causes of concern: what was asked, and what was found on it later."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.findings.register import load_findings
from peelbook.narrative.citations import cite
from peelbook.narrative.prose import Prose, paragraphs, plain, sentences
from peelbook.narrative.words import listing
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
OF_RECOMMENDATION = re.compile(r"\brecommendations?\b(?! register)", re.IGNORECASE)
"""`place` of a finding on what the recommendations of a cause of concern are about."""
ASKS = r"^[^.]*?\bneeds?\b"
"""A finding that says what a recommendation asks; any other says only what is wrong."""
FROM_RECOMMENDATION = ("From its recommendation:", "From its recommendations:")
BEHIND_RECOMMENDATION = (
    "A finding behind its recommendation:",
    "Findings behind its recommendations:",
)
ON_THE_SAME = ("Another finding on the same concern:", "Other findings on the same concern:")
NO_RECOMMENDATION = "Its recommendation, which says what to do, is not held here."


def areas_for_improvement(ev: Evidence, question: str | None = None) -> Prose:
    """List areas for improvement and causes of concern of one core question, or of all.

    Each is marked as reworded and leads to its source. What later inspections of the force
    found on the same matter follows it. Empty where none is known.
    """
    asked = [one for one in demands(ev.findings) if question in {None, *one.rows["question"]}]
    parts = []
    for kind, one, several in KINDS:
        items = [_item(ev, demand) for demand in asked if demand.concern == kind]
        if items:
            parts += [f"**{one if len(items) == 1 else several}**", "\n".join(items)]
    if not parts:
        return Prose("")
    followed = any(IN_LATER in part for part in parts)
    silent = "" if question else nothing_later(ev, len(asked))
    return paragraphs(sentences(REWORDED, LATER if followed else silent), *parts)


@dataclass(frozen=True)
class Demand:
    """What a force was asked: `texts` in the register's words, `rows` the findings behind it.

    Of a cause of concern the `texts` say what is wrong, and those `beside` are of other findings on
    it, the heaviest first. The findings of its `recommendation` say what to do, or what it is that
    has to be put right, as far as the register has it.
    """

    texts: tuple[str, ...]
    rows: pd.DataFrame
    concern: bool
    recommendation: pd.DataFrame
    beside: pd.DataFrame

    @property
    def told(self) -> str:
        """The texts, and of a cause of concern its recommendation or that none is held."""
        if not self.concern:
            return sentences(*self.texts)
        wrong = [*self.texts, *_introduced(ON_THE_SAME, self.beside["finding"])]
        if self.recommendation.empty:
            return sentences(*wrong, NO_RECOMMENDATION)
        asks = self.recommendation["finding"].str.contains(ASKS)
        return sentences(
            *wrong,
            *_introduced(FROM_RECOMMENDATION, self.recommendation.loc[asks, "finding"]),
            *_introduced(BEHIND_RECOMMENDATION, self.recommendation.loc[~asks, "finding"]),
        )


def _introduced(heads: tuple[str, str], texts: pd.Series) -> list[str]:
    """Return texts behind the head for one or for several, nothing where there is no text."""
    return [heads[len(texts) > 1], *texts] if len(texts) else []


def demands(rows: pd.DataFrame) -> list[Demand]:
    """Return the causes of concern among findings, each once, and then the areas for improvement."""
    concerns, areas = rows[rows["cause_of_concern"]], rows[rows["area_for_improvement"]]
    named = concerns["concern"].fillna(concerns["id"])
    recommended = rows[_of_recommendation(rows["place"])]
    # a row that names no concern is of the only one there is
    only = named.iloc[0] if len(named.unique()) == 1 else ""
    of = recommended["concern"].fillna(only)
    found = []
    for name, group in concerns.groupby(named, sort=False):
        own = recommended[of == name]
        wrong = _heaviest_first(group[~group["id"].isin(own["id"])])
        others = rows[(rows["concern"] == name) & ~rows["id"].isin([*group["id"], *own["id"]])]
        beside = _heaviest_first(others)
        found.append(Demand(tuple(wrong["finding"]), group, True, own, beside))
    for name, text in zip(areas["id"], areas["area_for_improvement_text"], strict=True):
        own = areas[areas["id"] == name]
        found.append(Demand((text,), own, False, rows.iloc[:0], rows.iloc[:0]))
    return found


def _heaviest_first(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values("weight", ascending=False, kind="stable")


def _of_recommendation(place: pd.Series) -> pd.Series:
    return place.fillna("").map(lambda text: bool(OF_RECOMMENDATION.search(text))).astype(bool)


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
    behind = (demand.rows, demand.beside, demand.recommendation)
    ids = dict.fromkeys(name for rows in behind for name in rows["id"])
    first = demand.rows.iloc[0]
    lines = [f"- {plain(demand.told)} {cite(ids)} {source(first)}".rstrip()]
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
    links = _links(ev, "inspection")
    links = links[links["id"].isin(demand.rows["id"])]
    found = []
    for later in load_inspections().values():
        named = links.loc[links["later_inspection"] == later.id, "later_id"]
        if len(named):
            register = load_findings(ev.force.slug, later.id)
            found.append((later, register[register["id"].isin(named)]))
    return found


def _links(ev: Evidence, column: str) -> pd.DataFrame:
    """Return the rows of `register_answers` of the force with its inspection in a column."""
    links = load_table("register_answers")
    if ev.parameters.findings or ev.inspection is None:
        return links.iloc[:0]
    return links[(links["force"] == ev.force.slug) & (links[column] == ev.inspection.id)]


def nothing_later(ev: Evidence, many: int) -> str:
    """Say why no later finding is told beside `many` demands."""
    it, this = ("it", "this") if many == 1 else ("them", "these")
    if ev.parameters.findings or ev.inspection is None:
        return f"No later inspection held here has been searched for {this}."
    if held := later_held(ev):
        return f"No finding of {listing(held, 'or')} held here is matched to {it}."
    return (
        f"No findings of an inspection after {ev.inspection.name} are held here, so what became of "
        f"{this} is not known."
    )


def later_held(ev: Evidence) -> list[str]:
    """Return the names of later inspections of which the project has findings of the force.

    Empty for a register that a user supplies, which nothing is matched to.
    """
    if ev.parameters.findings or ev.inspection is None:
        return []
    known = list(load_inspections().values())
    later = known[known.index(ev.inspection) + 1 :]
    return [one.name for one in later if len(load_findings(ev.force.slug, one.id))]


@dataclass(frozen=True)
class Request:
    """What an earlier `inspection` asked: `text` in this book's words, `row` where it stands.

    `found` are the findings of the book's own inspection on the same matter.
    """

    inspection: Inspection
    concern: bool
    text: str
    row: pd.Series
    found: pd.DataFrame

    @property
    def told(self) -> str:
        """The text with when it was asked."""
        asked = "Cause of concern in" if self.concern else "Asked in"
        return f"{asked} {self.inspection.name}: {self.text}"

    @property
    def asked_again(self) -> str:
        """What the book's own inspection asked on the same matter; empty for nothing."""
        again = demands(self.found)
        said = ["Asked again:", *(one.texts[0] for one in again if not one.concern)]
        named = any(one.concern for one in again)
        return sentences(
            *(said if len(said) > 1 else ()), "It was a cause of concern." if named else ""
        )


def asked_before(ev: Evidence) -> list[Request]:
    """Return what earlier inspections asked, the last first, and what that of the book found on it.

    By `register_answers`. Of the inspection directly before all is returned, of those before it
    what this one found something on. None for a register that a user supplies.
    """
    if ev.findings.empty:
        return []
    links = _links(ev, "later_inspection")
    told = {*links["inspection"], ev.inspection_before.id if ev.inspection_before else ""}
    return [
        request
        for earlier, register in ev.findings_before.items()
        if earlier.id in told
        for demand in demands(register)
        if (request := _request(ev, earlier, demand, links[links["inspection"] == earlier.id]))
    ]


def _request(
    ev: Evidence, earlier: Inspection, demand: Demand, links: pd.DataFrame
) -> Request | None:
    own = links[links["id"].isin(demand.rows["id"])]
    if own.empty and earlier != ev.inspection_before:
        return None
    # of a cause of concern told in several findings, those on which something was found later
    rows = demand.rows[demand.rows["id"].isin(own["id"])] if len(own) else demand.rows
    text = sentences(*(rows["finding"] if demand.concern else demand.texts))
    found = ev.findings[ev.findings["id"].isin(own["later_id"])]
    return Request(earlier, demand.concern, text, rows.iloc[0], found)
