"""Kinds of jobs: which document each makes, and how it is shown.

What a kind does is in :mod:`xenotime.web.tasks`, which only workers import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from xenotime.report.page import Content


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job.

    name : of the kind;  says : what it is, for people;  page : where one is begun
    document : kind of the document it makes
    content : module and function that show the document
    work : module and function a worker calls with its task
    again : words of the link that opens the page with what a job was asked
    """

    name: str
    says: str
    page: str
    document: str
    content: str
    work: str
    again: str = "Ask again"

    def show(self, document: dict[str, Any]) -> Content:
        """The document as the report shows it."""
        shown = _function(self.content)(document)
        assert isinstance(shown, Content)  # noqa: S101 - a promise of the table below
        return shown

    def function(self) -> Callable[[Any], None]:
        """What a worker calls."""
        return _function(self.work)


def _function(name: str) -> Callable[[Any], Any]:
    module, _, function = name.partition(":")
    found: Callable[[Any], Any] = getattr(import_module(module), function)
    return found


_ALL = (
    Kind(
        "scenario",
        "a scenario",
        "/scenario",
        "run",
        "xenotime.report.brief:report_content",
        "xenotime.web.tasks.scenario:work",
        "Change the scenario and ask again",
    ),
    Kind(
        "exposure",
        "my company",
        "/company",
        "exposure",
        "xenotime.report.exposed_page:exposure_content",
        "xenotime.web.tasks.company:work",
        "Change stock, plants or cases and ask again",
    ),
    Kind(
        "project",
        "a project",
        "/choice",
        "project",
        "xenotime.report.projected_page:project_content",
        "xenotime.web.tasks.project:work",
        "Change the project or cases and ask again",
    ),
    Kind(
        "plan",
        "packages of policies",
        "/choice/packages",
        "plan",
        "xenotime.report.planned_page:plan_content",
        "xenotime.web.tasks.plan:work",
        "Change the budget, menu or cases and ask again",
    ),
)
_TALKS = (
    Kind(
        "read",
        "a text read",
        "/talks",
        "read",
        "xenotime.report.read_page:reading_content",
        "xenotime.web.tasks.read:work",
        "Change the text and read again",
    ),
    Kind(
        "leverage",
        "leverage",
        "/talks/leverage",
        "leverage",
        "xenotime.report.leverage_page:leverage_content",
        "xenotime.web.tasks.leverage:work",
        "Change sides, control or months and ask again",
    ),
    Kind(
        "bargain",
        "a game solved",
        "/talks/bargain",
        "bargain",
        "xenotime.report.bargain_page:bargain_content",
        "xenotime.web.tasks.bargain:work",
        "Change the game and ask again",
    ),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (*_ALL, *_TALKS)}
