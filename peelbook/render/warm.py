"""What a process does once, so that the children that it forks need not do it each.

It imports what chapters and Jupyter Book import, and computes what is the same for every force.
Nothing here decides what a page says: a book comes out the same, only later, without it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import nbformat

from peelbook.parameters import Parameters
from peelbook.render.compile import compile_site, lay_out
from peelbook.render.contents import Contents, read_contents
from peelbook.render.fingerprints import code_fingerprint, versions_fingerprint
from peelbook.render.owned import TEMPORARY, owned_folder
from peelbook.render.plan import Engine, Plan

PAGE = Path("warming_up.ipynb")


def import_engines() -> None:
    """Import what runs chapters and compiles books; takes a second, and every child needs it."""
    import altair  # noqa: F401
    import IPython.core.interactiveshell  # noqa: F401
    import papermill  # noqa: F401

    import peelbook.charts.figures
    import peelbook.render.book
    import peelbook.render.engine  # noqa: F401


@cache
def warm_up(parameters: Parameters, plan: Plan) -> None:
    """Compute what all books of a period share, and compile a book of one empty page.

    Worth its few seconds only before several books; done once for the same parameters.
    """
    import_engines()
    code_fingerprint()
    versions_fingerprint()
    _compute(parameters)
    _compile(read_contents(plan.project))


def _compute(parameters: Parameters) -> None:
    import peelbook.judgments.sensitivity  # noqa: F401
    from peelbook.charts import cards, crime
    from peelbook.charts.bundle import vega_bundle
    from peelbook.evidence import Evidence
    from peelbook.indicators.similar_forces import similar_forces
    from peelbook.tables.periods import denominator_mid_year

    vega_bundle()
    evidence = Evidence(parameters)
    evidence.own_indicators  # noqa: B018 - computes the whole catalogue for every force
    crime.recorded_crime_over_time(evidence).to_html()
    cards.force_in_numbers(evidence)  # the headline figures of all forces over five years
    similar_forces(denominator_mid_year(parameters.period_end))


def _compile(contents: Contents) -> None:
    with owned_folder(TEMPORARY) as folder:
        lay_out(replace(contents, texts=()), folder, "Warming up")
        page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Warming up")])
        nbformat.write(page, folder / PAGE)
        toc = f"format: jb-book\nroot: {PAGE.stem}\n"
        (folder / "_toc.yml").write_text(toc, encoding="utf-8")
        compile_site(folder, Engine.in_process)
