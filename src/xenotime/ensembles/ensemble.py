"""An ensemble: draws not kept yet are evaluated one by one, each kept as it lands, then all are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from xenotime.ensembles.draw_files import Kept, from_bytes, notes_of
from xenotime.ensembles.folder import Folder, claim, draw_name
from xenotime.ensembles.study import Study
from xenotime.ensembles.workers import Evaluator, serial
from xenotime.errors import NoAnswer, one_problem

Told = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Ensemble:
    """The draws of a study as they are kept.

    notes : of every draw, in order: its values, positions, headline numbers, failure
    """

    study: Study
    folder: Folder
    notes: tuple[dict[str, Any], ...]

    def good(self) -> tuple[dict[str, Any], ...]:
        """Notes of draws that gave an answer."""
        return tuple(note for note in self.notes if not note["failure"])

    def read(self) -> Iterator[Kept]:
        """Draws with an answer, one after the other, with their months."""
        for note in self.good():
            yield from_bytes(self.folder.read(draw_name(note["number"])))


def run_ensemble(
    study: Study, folder: Folder, evaluator: Evaluator = serial, tell: Told | None = None
) -> Ensemble:
    """Evaluate what is missing and read all draws.

    Raises InputProblems where the folder belongs to another study, NoAnswer where no draw has an answer.
    """
    claim(folder, study.key, study.about)
    wanted = range(study.asked.draws)
    todo = [number for number in wanted if not folder.has(draw_name(number))]
    done = len(wanted) - len(todo)
    _tell(tell, done, len(wanted))
    for number, data in evaluator(study, todo):
        folder.write(draw_name(number), data)
        done += 1
        _tell(tell, done, len(wanted))
    notes = tuple(_notes(folder, number) for number in wanted)
    found = Ensemble(study, folder, notes)
    if not found.good():
        reasons = sorted({note["failure"] for note in notes})
        raise NoAnswer(
            f"ensemble of {study.case.name}",
            f"no draw with an answer: {'; '.join(reasons[:3])}",
            "one draw that clears every month",
            "look at a single run of the case first (`xenotime run`)",
        )
    return found


def _notes(folder: Folder, number: int) -> dict[str, Any]:
    name = draw_name(number)
    try:
        return notes_of(folder.read(name))
    except ValueError as error:
        raise one_problem(
            "not-a-draw",
            f"{folder.path}/{name}",
            str(error),
            "a draw written by `xenotime ensemble`",
            "delete the file; it is made again",
        ) from error


def _tell(tell: Told | None, done: int, total: int) -> None:
    if tell is not None:
        tell(done, total, f"{done} of {total} draws")
