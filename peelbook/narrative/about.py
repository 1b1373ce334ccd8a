"""What the book says about itself: its subject, its parameters, its rules, its licence."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable

from peelbook.evidence import Evidence
from peelbook.indicators.values import TOO_OLD
from peelbook.narrative.causes import causes_of_weaknesses, weaknesses
from peelbook.narrative.citations import PAGE
from peelbook.narrative.improvements import IN_LATER, areas_for_improvement
from peelbook.narrative.neighbours import far_from_all, names_of_similar
from peelbook.narrative.prose import Prose, paragraphs
from peelbook.narrative.words import in_words as small
from peelbook.narrative.words import listing
from peelbook.parameters import FILES, Parameters, notebook_values, shown_values
from peelbook.tables import data_fingerprint
from peelbook.tables.forces import PRACTICE, all_forces
from peelbook.tables.periods import in_words


def this_book(ev: Evidence) -> Prose:
    """Say which force and period the book is about and what it is compared with."""
    subject = (
        f"This book is about {ev.force.full_name}, in {ev.force.region_in_sentence}, and the "
        f"12 months to {in_words(ev.period_end)}."
    )
    compared = (
        f"{_compared_with(ev)} Where nothing so recent is held, or nothing complete enough, the "
        "newest period before it is used and named, if it ended less than "
        f"{small(TOO_OLD)} years before. A series that ended earlier is not shown; annex A names its "
        "last period."
    )
    if ev.parameters.comparator == "similar-forces":
        compared += (
            f" The similar forces are those of {listing(names_of_similar(ev))}, chosen by public "
            "data on the areas; annex A says how. They are not an official group. "
            f"{far_from_all(ev)}"
        )
    return paragraphs(_invented(ev), f"{subject} {compared}", _findings_older(ev))


def _findings_older(ev: Evidence) -> str:
    """Say that the findings are of a round long before the figures, where they are."""
    if ev.inspection is None or ev.findings.empty:
        return ""
    if ev.period_end.year - ev.inspection.graded_year < YEARS_APART:
        return ""
    return (
        f"Its findings and grades are those of the inspection of {ev.inspection.name} and say how "
        "the force was then. Its figures are later, and what inspectors have found since is not held "
        "here."
    )


def _compared_with(ev: Evidence) -> str:
    country = "England and Wales"
    if ev.comparator_name == country:
        return f"Its figures are compared with {country}."
    compared = (
        f"Its rates and shares, and changes over time, are compared with {ev.comparator_name} where "
        f"that has a value; every figure of all forces shows {country} as well."
    )
    if ev.parameters.comparator != "region":
        return compared
    forces = sum(force.region == ev.force.region for force in all_forces().values())
    return f"{compared} The region is the area of {forces} forces, this one among them."


def _invented(ev: Evidence) -> str:
    if ev.force != PRACTICE:
        return ""
    return (
        f"**{ev.force.name} does not exist.** What this book says of it is made up, to show how a "
        "book comes about. It is ranked among no forces, and nothing in it is about a real one."
    )


YEARS_APART = 3
"""Between an inspection and the figures, from which a reader is told that they are far apart."""
SIMILAR_TO_ASK = (
    "Look at the similar forces marked in the figures whose outcomes of crime differ, and ask them "
    "why."
)


def _told_beside(ev: Evidence) -> str:
    if IN_LATER not in areas_for_improvement(ev):
        return ""
    return (
        " Where a later inspection found something on the same matter, it is told beside the point."
    )


def next_steps(ev: Evidence) -> Prose:
    """Say what a force and a police and crime panel can do with the book."""
    known = ev.inspection is not None and ev.register_basis != "supplied"
    page = ev.inspection.address_of(ev.force.slug) if known else ""
    asked = (ev.findings["area_for_improvement"] | ev.findings["cause_of_concern"]).any()
    official = (
        f"Take the official wording of what was asked from [the inspectorate's page]({page}): that "
        "is what has to be answered."
        if page and asked
        else ""
    )
    owners = (
        "For each point write down who answers for it, what has been done since, and the evidence "
        f"that it worked.{_told_beside(ev)}"
        if asked
        else ""
    )
    own = _numbered(
        official,
        owners,
        _weaknesses_to_read(ev),
        "" if ev.force == PRACTICE or far_from_all(ev) else SIMILAR_TO_ASK,
    )
    return paragraphs(
        f"**For {ev.force.full_name}.**" if own else "",
        own,
        "**For a police and crime panel.**",
        _numbered(
            'Begin with the <a href="0_summary_for_a_panel.html">summary for a panel</a>, four pages '
            "that end with what could be asked.",
            _causes_to_ask_for(ev),
            "Ask how the force knows that a change helped victims. A rate that rises or falls does "
            "not show it, least of all one of recorded crime.",
            "Set what is said here beside what residents and victims say.",
        ),
    )


def _weaknesses_to_read(ev: Evidence) -> str:
    weak = ev.findings[ev.findings["polarity"] == "weakness"]
    pointed = weak["area_for_improvement"] | weak["cause_of_concern"]
    if pointed.all():
        return ""
    which = "the other weaknesses" if pointed.any() else "the weaknesses"
    return f'Read {which} on the <a href="{PAGE}">page of findings</a>.'


def _causes_to_ask_for(ev: Evidence) -> str:
    """Point to the causes of weaknesses, where the register links a weakness to one."""
    weak, links = weaknesses(ev), causes_of_weaknesses(ev)
    if not links:
        return ""
    traced = len({weakness for weakness, _ in links})
    shared = max(Counter(cause for _, cause in links).values()) > 1
    asked = (weak["area_for_improvement"] | weak["cause_of_concern"]).any()
    beyond = ", and not only for progress on each point" if asked else ""
    return (
        f"Ask which causes lie behind the weaknesses{beyond}: the findings trace {small(traced)} of "
        f"them to a cause{', and more than one to the same' if shared else ''}."
    )


def _numbered(*items: str) -> str:
    kept = [item for item in items if item]
    return "\n".join(f"{place}. {item}" for place, item in enumerate(kept, start=1))


def commands(ev: Evidence) -> Prose:
    """Say how an analyst can take the book further, with commands for this force."""
    slug = " ".join([ev.force.slug, *_options(ev, FILES)])
    another = "2018-03-31" if ev.inspection and ev.inspection.id == "2016" else "2016-06-30"
    return paragraphs(
        f"To see every indicator behind this book, run `peelbook indicators {slug}`; to see the "
        f"grades, `peelbook judgments {slug}`. To compute the book for another period, run "
        f"`peelbook render {slug} -p period_end {another}`.",
        "To put your own inspection in its place, begin with "
        f"`peelbook findings new {ev.force.slug}` and `peelbook returns new {ev.force.slug}`; the "
        "tutorial shows each step.",
        "To disagree with a judgment, change a threshold in the framework file or a weight in the "
        "register and render again: the page shows what follows from it.",
    )


def parameter_set(ev: Evidence) -> Prose:
    """Show the command that renders this book again."""
    names = [name for name in Parameters.model_fields if name != "force"]
    command = " ".join(["peelbook render", ev.force.slug, *_options(ev, names)])
    return paragraphs(
        "This command renders the book again:",
        f"```console\n{command}\n```",
        f"The fingerprint of the data it was computed from is `{data_fingerprint()}`, the first "
        "digits of one sha256 of `data/datapackage.json`, which holds the hash of every table, and of "
        "the definitions in `frameworks/`, which decide the grades.",
    )


def _options(ev: Evidence, names: Iterable[str]) -> list[str]:
    """Return the options of the command line for those parameters that are not at their default."""
    defaults, values = notebook_values(Parameters()), shown_values(ev.parameters)
    return [
        f"-p {name} {shlex.quote(str(values[name]))}"
        for name in names
        if values[name] != defaults[name]
    ]


def rules(ev: Evidence) -> Prose:
    """List the rules of the report that the computation carries, as far as its figures are shown."""
    btp = "counted in" if ev.parameters.british_transport_police else "left out"
    fraud = "left in the earlier year" if ev.parameters.fraud_in_base_year else "taken out of both"
    abuse = (
        "outcome rates for domestic abuse are not linked in this way, so the two cannot be compared"
    )
    abuse = f"; {abuse}" if ev.is_shown("domestic-abuse-outcome-charged-summonsed") else ""
    lines = [
        "Rates divide 12 months of counts by the residents of the middle of the calendar year before "
        "(for periods to March, of two years before), as the Office for National Statistics does, or "
        "of the nearest year held; burglary is divided by households.",
        "Where a source has nothing for the period, or nothing complete enough, its newest period "
        f"before is used, if that ended less than {small(TOO_OLD)} years before.",
        f"England and Wales means the 43 territorial forces; British Transport Police is {btp}.",
        f"Fraud is excluded from recorded crime; in a change over time it is {fraud}.",
        "A force that is excluded from an indicator is left out of its chart and of the value for "
        "England and Wales.",
        "Warwickshire and West Mercia share one count of organised crime groups, over their "
        "combined population."
        if ev.is_shown("organised-crime-groups")
        else "",
        "Victim satisfaction in England and Wales is the mean of the rates of forces, not a "
        "pooled rate."
        if ev.is_shown("victim-satisfaction")
        else "",
        "Outcomes are shares of the offences recorded in the year, each followed to its outcome"
        f"{abuse}.",
        "A force is one of the highest or lowest in the top or bottom quarter of ranked forces, "
        "and broadly in line otherwise.",
        "A figure that a force did not supply, or that this book does not hold, is a dash with "
        "its reason.",
    ]
    return Prose("\n".join(f"- {line}" for line in lines if line))


def status_of_statistics(_ev: Evidence) -> Prose:
    """Say which statistics are accredited and which were not, as a statistician would ask first."""
    return Prose(
        "Statistics of crime recorded by the police are official statistics. They lost their "
        "accreditation (then called the designation as National Statistics) in January 2014, "
        "because forces recorded crime unevenly, and had not regained it when the figures of this "
        "book were published. The crime severity "
        "score was an experimental statistic until 2023. Outcomes of crime come from the same "
        "records. What forces returned to the inspectorate is management information. Mid-year "
        "estimates of population are accredited official statistics."
    )


def licence(_ev: Evidence) -> Prose:
    """Name the licence of the data."""
    return Prose(
        "Contains public sector information licensed under the Open Government Licence v3.0, from "
        "the Home Office, the Office for National Statistics and HM Inspectorate of Constabulary. "
        "Police force area boundaries contain OS data © Crown copyright and database right. The "
        "computed figures and judgments are the work of this project."
    )
