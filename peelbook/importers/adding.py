"""Take a new release into the tables: worked out beside them, shown, and put in their place at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from peelbook.errors import DataIntegrityError
from peelbook.importers.changes import changes, implausible
from peelbook.importers.datapackage import PACKAGE_FILE, build_from
from peelbook.importers.held import LaidOver
from peelbook.importers.recognise import NotRecognised, Recognised, recognise
from peelbook.render.owned import owned_folder, sweep
from peelbook.tables.loading import forget_tables

Say = Callable[[str], None]


@dataclass(frozen=True)
class Proposal:
    """New tables, not yet in their place: the folder, and what they would change."""

    folder: Path
    changed: list[str]

    def beyond(self) -> list[str]:
        """Return the changes beyond any plausible year, which take seconds to compute."""
        return implausible(self.folder)


def recognised_files(paths: Iterable[Path], say: Say) -> list[Recognised]:
    """Return the files, recognised; of a folder all that are a release, the others are named.

    Raises
    ------
    NotRecognised, ReleaseFormatError
        If a file that was named is no release.
    DataIntegrityError
        If nothing is left.
    """
    found: list[Recognised] = []
    for path in paths:
        if not path.is_dir():
            found.append(recognise(path))
            continue
        for file in sorted(path.rglob("*")):
            if file.is_file() and not file.name.startswith(("~$", ".")):
                try:
                    found.append(recognise(file))
                except NotRecognised as error:
                    say(f"Left out: {error.brief}")
    if not found:
        raise DataIntegrityError("releases", "no file to add.")
    return found


def add(paths: Iterable[Path], target: Path, agree: Callable[[Proposal], bool], say: Say) -> bool:
    """Lay the files over the tables in `target`, if `agree` says so of what that changes.

    The tables are worked out in a folder beside `target` and take its place at once; until then,
    and where anything fails, nothing is changed. Returns whether they did.

    Raises
    ------
    PeelbookError
        If a file is not recognised or not as its format promises, releases contradict each
        other, or the tables were changed meanwhile.
    """
    target = Path(target)
    put_back(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name}.adding-"
    sweep(prefix, target.parent)
    given = recognised_files(paths, say)
    for one in given:
        say(f"Recognised {one}")
    with owned_folder(prefix, target.parent) as work:
        made = work / "data"
        was = _package(target)
        if target.exists():
            shutil.copytree(target, made)
        build_from(LaidOver(given, target if was else None, say), made)
        changed = changes(target, made)
        if not changed and was:
            say("The tables hold all of this already.")
            return False
        if not agree(Proposal(made, changed)):
            return False
        if _package(target) != was:
            raise DataIntegrityError(PACKAGE_FILE, "was changed meanwhile; add the files again.")
        put_in_place(made, target)
        forget_tables()
    return True


def _package(folder: Path) -> bytes:
    path = folder / PACKAGE_FILE
    return path.read_bytes() if path.exists() else b""


def put_in_place(made: Path, target: Path) -> None:
    """Move the folder `made` to `target`; what was there is removed once it stands.

    A process that was killed between the two renames leaves the old folder beside its place, and
    :func:`put_back` mends that.
    """
    aside = _aside(target)
    if target.exists():
        target.rename(aside)
    try:
        made.rename(target)
    except BaseException:
        put_back(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def put_back(target: Path) -> None:
    """Mend what a process that was killed left: put the old tables back where none stand."""
    aside = _aside(target)
    if not aside.exists():
        return
    if target.exists():
        shutil.rmtree(aside)
    else:
        aside.rename(target)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.before")
