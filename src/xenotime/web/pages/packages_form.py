"""The form of a sponsor's question: what is on offer, how much money, under which cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xenotime.choice.menu_file import menu_names, shipped_menu
from xenotime.report.markup import Html, joined, tag
from xenotime.web.frame import problem_table
from xenotime.web.jobs import Job, Json
from xenotime.web.pages import fields
from xenotime.web.subpages import CHOICE, ways

SHIPPED, FILE = "shipped", "file"
MOST_DRAWS, MOST_MONTHS, MOST_PACKAGES = 16, 120, 40


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
    before: Sequence[Job] = field(default_factory=tuple)


def packages_form(asked: Asked) -> Html:
    """The page's content."""
    said = asked.said
    numbers = (
        fields.field(
            "Budget (USD the sponsor may lay out)", "budget", said.get("budget", ""), inputmode="decimal"
        ),
        fields.whole(
            "Months of each run, 0 is the menu's own", "months", said.get("months", "0"), 0, MOST_MONTHS
        ),
        fields.whole("Draws of each case, 0 is as it stands", "draws", said.get("draws", "0"), 0, MOST_DRAWS),
        fields.whole(
            "Packages run in all scenes, at most", "packages", said.get("packages", ""), 1, MOST_PACKAGES
        ),
    )
    return joined(
        [
            ways(CHOICE, "/choice/packages", "Projects and packages"),
            tag("h1", "Packages"),
            tag("p", "Which of the levers a government has hold its loss down best for the money?"),
            *([problem_table(asked.problems)] if asked.problems else []),
            *fields.earlier(asked.before),
            tag(
                "form",
                tag(
                    "fieldset",
                    tag("legend", "What is on offer"),
                    fields.way(said, SHIPPED, "A shipped menu", _menu(said)),
                    fields.way(said, FILE, "A menu of my own", _own(asked)),
                    class_="ways",
                ),
                tag("h2", "How much"),
                tag("div", *numbers, class_="fields"),
                tag("h2", "Under which cases"),
                tag("p", "With even odds; none ticked takes those of the menu, with theirs.", class_="note"),
                fields.cases(asked.cases),
                tag(
                    "p",
                    "Every package is run in every case under three answers to how the market works. That "
                    "takes minutes, which go on when this page is closed.",
                    class_="note",
                ),
                tag("button", "Search", type="submit", id="run"),
                tag("a", "Address of this question", href="/choice/packages", id="deep", class_="quiet"),
                method="post",
                action="/choice/packages",
                enctype="multipart/form-data",
                id="choice",
            ),
        ]
    )


def _menu(said: Mapping[str, str]) -> Html:
    """A sponsor whose menu is shipped, and what is on it."""
    listed = [
        tag(
            "li",
            tag("strong", f"{name}: "),
            ", ".join(entry.lever for entry in shipped_menu(name).lever),
            ". ",
        )
        for name in menu_names()
    ]
    links = [
        joined([tag("a", f"{name}.toml", href=f"/choice/menus/{name}.toml", download=""), " "])
        for name in menu_names()
    ]
    names = [(name, name) for name in menu_names()]
    return joined(
        [
            fields.select("Sponsor", "sponsor", names, said.get("sponsor", "")),
            tag("ul", *listed, class_="note"),
            tag("p", "Sizes, prices and sources, to read or to start from: ", *links, class_="note"),
        ]
    )


def _own(asked: Asked) -> Html:
    text = tag(
        "textarea", asked.said.get("text", ""), name="text", rows="18", spellcheck="false", class_="code"
    )
    return joined(
        [
            tag("label", "Levers on offer (TOML): change what is there ", text),
            tag(
                "label",
                f"Or a file (up to {fields.size_words(asked.limit)}), which takes the place of the text ",
                tag("input", type="file", name="file", accept=".toml"),
            ),
        ]
    )
