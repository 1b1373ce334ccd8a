"""Measures how long books take: the naive way against ours, in turn, and how time grows.

    make bench                     (or: python -m benchmarks.bench --rounds 3)

Every figure is of whole processes, from start to end. A ratio is taken within one round, where
both ways ran one after the other on the same machine; the median of the rounds is printed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from itertools import islice
from pathlib import Path
from statistics import median

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.compare import require_same_book
from benchmarks.measure import Measured, machine, measure
from peelbook.parameters import force_slugs
from peelbook.render.contents import PROJECT

RESULTS = Path("benchmarks") / "results.json"
BOOKS = 43
Round = dict[str, Measured]


def naive(folder: Path, *forces: str) -> Measured:
    """Make books the naive way, all at once."""
    command = [sys.executable, "-m", "benchmarks.naive", "book", str(folder)]
    return measure(*([*command, force] for force in forces), folder=PROJECT)


ONE_EDITION = ("site", "-p", "period_end", "2016-06-30")
"""A site of books with the parameters that those of the naive way have."""


def ours(output: Path, *words: str) -> Measured:
    """Run our own command line."""
    return measure([sys.executable, "-m", "peelbook", *words, "-o", str(output)], folder=PROJECT)


def measure_round(folder: Path, forces: list[str]) -> Round:
    """Measure both ways once, in turn; `forces` are three, for the naive way.

    Returns name -> what was measured. Raises ValueError if the books are not the same.
    """
    first, second, third = forces
    cold, site = folder / "cold", folder / "site"
    found = {"naive, one book": naive(folder, first)}
    found["ours, one book from a cold start"] = ours(cold, "render", first, "--force-rerun")
    require_same_book(folder / first / "_build" / "html", cold / first)
    found["ours, site of 43 books"] = ours(site, *ONE_EDITION, "--force-rerun")
    found["naive, two books at once"] = naive(folder, second, third)
    for force in forces:
        require_same_book(folder / force / "_build" / "html", site / force)
    found["ours, site, nothing changed"] = ours(site, *ONE_EDITION)
    return found


def measure_growth(folder: Path, counts: list[int], workers: int) -> dict[int, Measured]:
    """Measure rendering the first so many books, from nothing."""
    found = {}
    for count in counts:
        output = folder / f"growth-{count}"
        forces = force_slugs()[:count]
        words = ["render", *forces, "--force-rerun", "--workers", str(workers)]
        found[count] = ours(output, *words)
        shutil.rmtree(output)
    return found


def fit(growth: dict[int, Measured]) -> dict[str, float]:
    """Fit wall seconds = start + each x books by least squares; `r2` says how straight it is."""
    books = np.array(list(growth), dtype=float)
    wall = np.array([measured.wall for measured in growth.values()])
    each, start = np.polyfit(books, wall, 1)
    rest = ((wall - (start + each * books)) ** 2).sum()
    return {
        "start": float(start),
        "each": float(each),
        "r2": float(1 - rest / ((wall - wall.mean()) ** 2).sum()),
    }


def ratios(rounds: list[Round]) -> dict[str, float]:
    """Return the medians over rounds of how many times faster ours is, by wall time."""
    each = {
        "43 books, naive one after the other": lambda r: (
            BOOKS * r["naive, one book"].wall / r["ours, site of 43 books"].wall
        ),
        "43 books, naive two at once": lambda r: (
            BOOKS / 2 * r["naive, two books at once"].wall / r["ours, site of 43 books"].wall
        ),
        "one book from a cold start": lambda r: (
            r["naive, one book"].wall / r["ours, one book from a cold start"].wall
        ),
        "processor time of 43 books": lambda r: (
            BOOKS * r["naive, one book"].cpu / r["ours, site of 43 books"].cpu
        ),
    }
    return {name: median(map(ratio, rounds)) for name, ratio in each.items()}


def report(results: dict) -> None:
    """Print the results as tables."""
    console = Console()
    table = Table(title="Medians of whole processes")
    for heading in ("what", "wall s", "cpu s", "peak MiB"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for name, row in results["medians"].items():
        table.add_row(name, *(f"{row[key]:,.1f}" for key in ("wall", "cpu", "memory")))
    for workers, growth in results["growth"].items():
        for count, row in growth["books"].items():
            name = f"ours, {count} books, {workers} workers"
            table.add_row(name, *(f"{row[key]:,.1f}" for key in ("wall", "cpu", "memory")))
    console.print(table)
    for name, ratio in results["ratios"].items():
        console.print(f"{name}: {ratio:.1f} times faster", highlight=False)
    for workers, growth in results["growth"].items():
        line = growth["fit"]
        console.print(
            f"{workers} workers: {line['start']:.1f} s + {line['each']:.2f} s a book, "
            f"R² {line['r2']:.4f}",
            highlight=False,
        )
    console.print(f"Site: {results['site_mb']:.1f} MB", highlight=False)


def run(rounds: int, counts: list[int], folder: Path) -> dict:
    """Measure everything in `folder` and return it as what goes into the JSON file."""
    measure([sys.executable, "-m", "benchmarks.naive", "prepare", str(folder)], folder=PROJECT)
    forces = iter(force_slugs() * rounds)
    measured = [measure_round(folder, list(islice(forces, 3))) for _ in range(rounds)]
    growth = {workers: measure_growth(folder, counts, workers) for workers in (1, 2)}
    site = sum(file.stat().st_size for file in (folder / "site").rglob("*") if file.is_file())
    return {
        "machine": machine(),
        "rounds": [{name: row.as_dict() for name, row in each.items()} for each in measured],
        "medians": {
            name: {
                key: median(each[name].as_dict()[key] for each in measured)
                for key in ("wall", "cpu", "memory")
            }
            for name in measured[0]
        },
        "ratios": ratios(measured),
        "growth": {
            workers: {
                "books": {count: row.as_dict() for count, row in found.items()},
                "fit": fit(found),
            }
            for workers, found in growth.items()
        },
        "site_mb": site / 1e6,
    }


def main() -> None:
    """Run the benchmark from the command line."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--rounds", type=int, default=3, help="of both ways in turn")
    words.add_argument("--growth", type=int, nargs="*", default=[1, 5, 10, 20, 43])
    words.add_argument("--output", type=Path, default=RESULTS, help="JSON file of the results")
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="peelbook-bench-") as folder:
        results = run(chosen.rounds, chosen.growth, Path(folder))
    text = json.dumps(results, indent=1) + "\n"
    chosen.output.write_text(text, encoding="utf-8")
    report(results)
    print(f"Stored in {chosen.output}")


if __name__ == "__main__":
    main()
