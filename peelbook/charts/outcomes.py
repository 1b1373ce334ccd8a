"""Figures 4 to 9: outcomes, and what the data returns say."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.by_force import COUNTRY, among_forces, band_in_words, when
from peelbook.charts.figure import Figure
from peelbook.charts.outcome_marks import paired_bars
from peelbook.evidence import Evidence
from peelbook.indicators.catalogue import Indicator, load_catalogue
from peelbook.indicators.sources import source_of
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.comparisons import set_beside
from peelbook.narrative.notes import notes
from peelbook.narrative.prose import Prose, plain, sentences
from peelbook.narrative.words import DASH, number, percent, sentence_case
from peelbook.tables.published import quoted

REST = "rest"
NOT_YET = (0,)
NO_OUTCOME = "No outcome in the release"
"""What is not supplied is not known to be still open."""
PART = "\N{EM SPACE}"
"""Before the name of a part of the group above it."""


def outcomes_of_crime(ev: Evidence) -> Figure | Prose:
    """Figure 4: outcomes assigned to offences recorded, by type and group, beside England and Wales.

    Where only some outcomes are known for the force, the rest is one row.
    """
    ids = [name for name, entry in load_catalogue().items() if entry.kind == "outcomes"]
    return outcome_figure(ev, ids, "Figure 4", "percent of offences recorded")


def victim_does_not_support(ev: Evidence) -> Figure | Prose:
    """Figure 5: offences closed because the victim does not support action, every force."""
    return among_forces(ev, "outcome-evidential-victim-does-not-support", "Figure 5")


def vulnerable_victims(ev: Evidence) -> Figure | Prose:
    """Figure 6: recorded crime with a vulnerable victim, every force that returned it."""
    return among_forces(ev, "vulnerable-victim-crime", "Figure 6")


def domestic_abuse_arrests(ev: Evidence) -> Figure | Prose:
    """Figure 7: domestic abuse arrest rate, every force that returned it."""
    return among_forces(ev, "domestic-abuse-arrest-rate", "Figure 7")


def domestic_abuse_outcomes(ev: Evidence) -> Figure | Prose:
    """Figure 8: outcome rates for domestic abuse crime."""
    ids = [name for name in load_catalogue() if name.startswith("domestic-abuse-outcome-")]
    return outcome_figure(ev, ids, "Figure 8", "percent of domestic abuse crimes")


def organised_crime_groups(ev: Evidence) -> Figure | Prose:
    """Figure 9: organised crime groups per million population, every force that returned it."""
    return among_forces(ev, "organised-crime-groups", "Figure 9")


def outcome_figure(ev: Evidence, ids: list[str], number_: str, per: str) -> Figure | Prose:
    """Return outcomes as paired bars, the force beside England and Wales, with the table behind.

    A sentence stands in place of the figure where the force has no outcome at all.
    """
    first = ids[0]
    rows = outcome_rows(ev, ids)
    what = per.removeprefix("percent of ")
    title = f"Outcomes of {what} in {ev.force.area_in_sentence}"
    if rows["force"].isna().all():
        return Prose(plain(sentences(f"{title}: no figure.", ev.row(first)["note"])))
    row = ev.row(first)
    if _is_printed(rows):
        own, country = rows.loc[rows["id"] == first, ["force", "other"]].iloc[0]
        title = (
            f"{percent(own)} of {what} in {ev.force.area_in_sentence} led to a charge or summons, "
            f"against {percent(country)} in {COUNTRY}, when the report was written"
        )
    elif pd.notna(row["value"]):
        title = (
            f"{percent(row['value'])} of {what} in {ev.force.area_in_sentence} led to a charge or "
            f"summons{set_beside(ev, first)}"
        )
    decimals = ev.entry(first).decimals
    # the total would say once more what is left of it, and shorten all other bars
    drawn = rows[~rows["id"].map(_is_total)]
    return Figure(
        number=number_,
        title=title,
        subtitle=f"{sentence_case(per)}, {when(ev, first)}",
        charts={
            "": paired_bars(
                drawn,
                force_label=ev.force.short_name,
                other_label=COUNTRY,
                unit=sentence_case(per),
                decimals=decimals,
                top=_top(ev, drawn),
                description=_description(ev, drawn, title, decimals),
            )
        },
        table=_table(ev, rows, decimals),
        source=_source(ev, rows, first),
        notes=(*_about_the_rest(rows), *_printed_note(rows), *notes(ev, first)),
        indicators=tuple(ids),
    )


def outcome_rows(ev: Evidence, ids: list[str]) -> pd.DataFrame:
    """Return the outcomes in the order of the catalogue, groups before their parts.

    Returns
    -------
    DataFrame with columns `id`, `label`, `type`, `force`, `other` (values), `band` (in words),
    `printed`, `printed_other` (of the report, missing where it has none or the values are those
    printed), `compared` (value of another comparator), `group` and `part`. Outcomes known for
    neither area are left out; where that leaves a rest it is the last row.
    """
    entries = {name: ev.entry(name) for name in ids}
    rows = pd.DataFrame([_outcome_row(ev, name, entries) for name in ids])
    rows = _of_one_release(rows)
    rows = rows[rows["force"].notna() | rows["other"].notna()].reset_index(drop=True)
    if rows.empty:
        return rows
    kept = set(rows["id"])
    # a part whose group is not shown stands by itself
    rows["part"] = [bool(_group_of(entries, name) & kept) for name in rows["id"]]
    rest = _rest(rows, entries)
    return rows if rest is None else pd.concat([rows, rest.to_frame().T], ignore_index=True)


def _of_one_release(rows: pd.DataFrame) -> pd.DataFrame:
    """Show the printed values where they are the whole of the figure and a later release a part.

    Outcomes mature, so shares of two releases do not add up; those of the later one stand in the
    table, as `later` and `later_other`.
    """
    computed = rows["status"].isin(["computed", "incomplete"])
    if not computed.any():
        return rows
    if not (rows["status"] == "published").any():
        # England and Wales alone has some printed values, of another release than the force's
        return rows[computed]
    printed, other = rows["printed"].notna(), rows["printed_other"].notna()
    return rows.assign(
        later=rows["force"].where(printed),
        later_other=rows["other"].where(other),
        force=rows["printed"].where(printed, rows["force"].where(rows["status"] == "published")),
        other=rows["printed_other"].where(
            other, rows["other"].where(rows["status"] == "published")
        ),
        printed=float("nan"),
        printed_other=float("nan"),
    )


def _is_printed(rows: pd.DataFrame) -> bool:
    return "later" in rows.columns


def _source(ev: Evidence, rows: pd.DataFrame, first: str) -> str:
    own = source_of(ev.entry(first), "published") if _is_printed(rows) else ""
    return "; later values in the table: ".join(filter(None, [own, ev.source(first)]))


def _group_of(entries: dict[str, Indicator], name: str) -> set[str]:
    """Return the groups that an outcome is part of; the total of all outcomes is none."""
    types = set(entries[name].types)
    if not types:
        return set()
    return {
        other
        for other, entry in entries.items()
        if entry.group and other != name and types < set(entry.types) and not _is_total(other)
    }


def _is_total(name: str) -> bool:
    return name.endswith("total-assigned")


def _outcome_row(ev: Evidence, name: str, entries: dict[str, Indicator]) -> dict[str, object]:
    entry, row, country = entries[name], ev.row(name), ev.country(name)
    printed = {
        area: quoted(ev.published_figures, name, area)
        for area in (ev.force.slug, ENGLAND_AND_WALES)
    }
    computed = row["status"] == "computed"
    other = ev.compared_with(row) != COUNTRY and computed
    unsupplied = row["status"] == "incomplete" and entry.types == NOT_YET
    return {
        "id": name,
        "label": NO_OUTCOME if unsupplied else sentence_case(entry.name),
        "type": entry.number,
        "status": row["status"],
        "force": row["value"],
        "other": country["value"],
        "compared": row["comparator_value"] if other else float("nan"),
        "band": DASH if _out_of_use(row, country, entry.decimals) else band_in_words(row),
        "printed": _or_nan(printed[ev.force.slug] if computed else None),
        "printed_other": _or_nan(printed[ENGLAND_AND_WALES] if computed else None),
        "group": entry.group,
        "part": False,
    }


def _out_of_use(row: pd.Series, country: pd.Series, decimals: int) -> bool:
    """Say whether an outcome is hardly given anywhere, so that a place among forces says nothing."""
    return round(row["value"], decimals) == round(country["value"], decimals) == 0


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value


def _rest(rows: pd.DataFrame, entries: dict[str, Indicator]) -> pd.Series | None:
    """Return the row of all that no known outcome covers, none where they cover everything."""
    known = rows[~rows["id"].map(_is_total)]
    # before an outcome counts for every force it is none of those that make up the whole
    every = {
        kind
        for name, entry in entries.items()
        if not _is_total(name) and (entry.since is None or name in set(known["id"]))
        for kind in entry.types
    }
    covered: set[int] = set()
    chosen = []
    for name in sorted(known["id"], key=lambda each: -len(entries[each].types)):
        types = set(entries[name].types)
        if types and not types & covered:
            covered |= types
            chosen.append(name)
    if not every or covered == every:
        return None
    sums = known[known["id"].isin(chosen)][["force", "other"]].sum(min_count=1)
    return pd.Series(
        {
            "id": REST,
            "label": "Another outcome" if 0 in covered else "Another outcome, or none yet",
            "type": "",
            "force": 100 - sums["force"],
            "other": 100 - sums["other"],
            "band": DASH,
            "group": False,
            "part": False,
        }
    ).reindex(rows.columns)


def _top(ev: Evidence, rows: pd.DataFrame) -> float:
    """Return the highest value of any force, so that the bars of all books share a scale."""
    own = rows[["force", "other"]].astype(float).max().max()
    everyone = [ev.areas(name)["value"].max() for name in rows["id"] if name != REST]
    return float(max(own, *everyone))


def _description(ev: Evidence, rows: pd.DataFrame, title: str, decimals: int) -> str:
    parts = [
        f"{row.label}: {ev.force.short_name} {number(row.force, decimals)}, "
        f"{COUNTRY} {number(row.other, decimals)}"
        for row in rows.itertuples()
    ]
    return f"Bar chart of {len(rows)} outcomes. {title}. {'; '.join(parts)}."


def _table(ev: Evidence, rows: pd.DataFrame, decimals: int) -> pd.DataFrame:
    def shown(column: str) -> list[str]:
        return [number(value, decimals) for value in rows[column]]

    indent = rows["part"].astype(bool).map({True: PART, False: ""})
    columns = {
        "Outcome": indent + rows["label"],
        "Type": rows["type"],
        ev.force.name: shown("force"),
        COUNTRY: shown("other"),
        "2016 report, force": shown("printed"),
        f"2016 report, {COUNTRY}": shown("printed_other"),
        "Among the forces": rows["band"],
    }
    if _is_printed(rows):
        columns["Later release, force"] = shown("later")
        columns[f"Later release, {COUNTRY}"] = shown("later_other")
    if rows["compared"].notna().any():
        columns[sentence_case(ev.comparator_name)] = shown("compared")
    table = pd.DataFrame(columns)
    empty = [name for name in table.columns[1:] if table[name].isin(["", DASH]).all()]
    return table.drop(columns=empty)


def _about_the_rest(rows: pd.DataFrame) -> tuple[str, ...]:
    if REST not in set(rows["id"]):
        return ()
    return ("The last bar is what the outcomes named leave of all offences recorded.",)


def _printed_note(rows: pd.DataFrame) -> tuple[str, ...]:
    if _is_printed(rows):
        return (
            "The bars are the numbers that the report of 2016 printed, from the release of October "
            "2016. Outcomes have matured since; the table has those of the later release where it "
            "holds the outcome, and ranks are among the values of that release.",
        )
    if rows["printed"].isna().all():
        return ()
    return ("The table has the numbers of the 2016 report beside those computed from the release.",)
