"""Sources as a reader who has nothing of ours can find them: title, publisher and address for a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xenotime.facts.load import load_facts


@dataclass(frozen=True, slots=True)
class Cited:
    """Where something is from: how well it is known, what it is, its address if it has one."""

    grade: str
    what: str
    address: str = ""


def cite(source: str, grade: str = "", about: str = "") -> Cited:
    """A source by its name in the facts, told as it is known there; one of another world as it is named.

    about : what it is the source of, told first
    """
    lead = f"{about}: " if about else ""
    known = load_facts().sources().get(source)
    if known is None:
        return Cited(grade, about if source in about else f"{lead}{source}")
    told = ", ".join(part for part in (known.title, known.publisher, str(known.date)) if part)
    return Cited(grade or known.grade, f"{lead}{told}", known.url)


def each_once(sources: Iterable[tuple[str, str, str]]) -> Iterator[Cited]:
    """Sources by name, grade and what they are of, each name once; words such as ``assumed`` name none."""
    seen: set[str] = set()
    for source, grade, about in sources:
        if "-" in source and source not in seen:
            seen.add(source)
            yield cite(source, grade, about)
