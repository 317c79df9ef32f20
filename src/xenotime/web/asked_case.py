"""The case a visitor asks for: a shipped one or his own text, entries of others added, places changed."""

from __future__ import annotations

from typing import Any

from xenotime.policy.case import Case, load_case, parse_case
from xenotime.policy.case_edits import edited, with_entries_of
from xenotime.web.places import only_shipped


def case_of(request: dict[str, Any]) -> Case:
    """The case a request asks for; raises InputProblems for one that cannot be."""
    return edited(base_of(request), request.get("edits", {}))


def base_of(request: dict[str, Any]) -> Case:
    """A shipped case or the visitor's own text, with the entries of others; its world is a shipped one."""
    own = request.get("own", "")
    case = parse_case("own", "own.toml", own) if own else load_case(request["case"])
    for name in request.get("add", ()):
        case = with_entries_of(case, load_case(name))
    only_shipped(case.data.world, "own.toml")
    return case
