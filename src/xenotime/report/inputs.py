"""What went into a run, as flat names and texts: what tells two fingerprints apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib import metadata
from typing import Any

from xenotime.dynamics.trajectory import Trajectory
from xenotime.policy.case import Case
from xenotime.world.fingerprint import fingerprint

NAMING = ("control", "lever", "project", "name")  # keys that name an entry of a list


def inputs_of(case: Case, run: Trajectory) -> dict[str, str]:
    """Version, world, engine, months, behaviour, look-ahead and every key of the case, by dotted name."""
    found = {
        "version": metadata.version("xenotime"),
        "world": fingerprint(run.world),
        "engine": run.engine,
        "months": str(len(run.months)),
    }
    found |= dict(flatten("behaviour", asdict(run.setup.behaviour)))
    found |= dict(flatten("horizon", asdict(run.setup.horizon)))
    return found | dict(flatten("case", case.data.model_dump(mode="json")))


def flatten(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Leaves of nested mappings and lists under dotted names; entries of a list by their own name if any."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from flatten(f"{name}.{key}", part)
    elif isinstance(value, Sequence) and not isinstance(value, str) and any(_is_nested(v) for v in value):
        for place, part in enumerate(value):
            named = (part[key] for key in NAMING if isinstance(part, Mapping) and part.get(key))
            yield from flatten(f"{name}.{next(named, place)}", part)
    else:
        yield name, value if isinstance(value, str) else repr(value)


def _is_nested(value: Any) -> bool:
    return isinstance(value, Mapping)
