"""The form of a ministry's question: whose levers, for how much, under which cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xenotime.choice.menu_file import menu_names, shipped_menu
from xenotime.report.markup import Html, joined, tag
from xenotime.web.fields import chooser, field, number
from xenotime.web.frame import problem_table
from xenotime.web.jobs import Job, Json
from xenotime.web.pages import asking

SHIPPED, FILE = "shipped", "file"
MOST_DRAWS, MOST_MONTHS, MOST_PACKAGES = 16, 60, 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form shows.

    said : fields as they were typed;  cases : ticked;  limit : bytes of a file
    problems : faults of what was given;  before : earlier questions of the visitor
    """

    said: Mapping[str, str]
    cases: Sequence[str]
    limit: int
    problems: Sequence[Json] = ()
    before: Sequence[Job] = ()


def packages_form(asked: Asked) -> Html:
    """The page's content."""
    said = asked.said
    return joined(
        [
            tag("h1", "Packages of policies"),
            tag("p", "Which levers hold the loss down best for the money, in every case and variant?"),
            tag("p", tag("a", "Projects: what is a mine or plant worth?", href="/choice")),
            *([problem_table(asked.problems)] if asked.problems else []),
            *asking.earlier(asked.before),
            tag(
                "form",
                tag(
                    "fieldset",
                    tag("legend", "Levers on offer"),
                    asking.way(said, SHIPPED, "A shipped menu", _shipped(said)),
                    asking.way(said, FILE, "A menu of my own", _own(asked)),
                    class_="ways",
                ),
                tag(
                    "div",
                    field("budget", "Budget, USD", said.get("budget", ""), inputmode="decimal"),
                    number(
                        "months",
                        "Months of each run, 0 is the menu's",
                        said.get("months", "0"),
                        0,
                        MOST_MONTHS,
                    ),
                    number(
                        "packages",
                        "Packages run in all scenes, at most",
                        said.get("packages", ""),
                        1,
                        MOST_PACKAGES,
                    ),
                    number(
                        "draws",
                        "Draws of each case, 0 is as it stands",
                        said.get("draws", "0"),
                        0,
                        MOST_DRAWS,
                    ),
                    class_="fields",
                ),
                tag("h2", "Under which cases"),
                tag(
                    "p",
                    "Those of the menu with its odds where none is ticked; ticked ones have even odds.",
                    class_="note",
                ),
                asking.cases(asked.cases),
                tag("p", "Minutes: every package is run in every case under every variant.", class_="note"),
                tag("button", "Search", type="submit", id="run"),
                tag("a", "Address of this question", href="/choice/packages", id="deep", class_="quiet"),
                method="post",
                action="/choice/packages",
                enctype="multipart/form-data",
                id="packages",
                class_="by-ways",
            ),
        ]
    )


def _shipped(said: Mapping[str, str]) -> Html:
    menus = [(name, f"{name}: {shipped_menu(name).title}") for name in menu_names()]
    return chooser("sponsor", "Sponsor", menus, said.get("sponsor", ""))


def _own(asked: Asked) -> Html:
    return asking.own_file(
        asked.said,
        "Sponsor, cases with their odds, levers with their sizes (TOML)",
        asked.limit,
        "/choice/packages/template.toml",
        "Every number of it is invented.",
    )
