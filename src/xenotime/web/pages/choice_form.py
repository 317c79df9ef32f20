"""The form of a project's question: which project, at the prices of which cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xenotime.choice.project_file import example_names
from xenotime.report.markup import Html, joined, tag
from xenotime.web.fields import chooser, field, number
from xenotime.web.frame import problem_table
from xenotime.web.jobs import Job, Json
from xenotime.web.pages import asking

Plants = Mapping[str, str]  # plants of the world by name, with what they are
PLANT, EXAMPLE, FILE = "plant", "example", "file"
MOST_DRAWS, MOST_MONTHS = 40, 120


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form shows.

    said : fields as they were typed;  cases : ticked;  plants : of the world;  limit : bytes of a file
    problems : faults of what was given;  before : earlier questions of the visitor
    """

    said: Mapping[str, str]
    cases: Sequence[str]
    plants: Plants
    limit: int
    problems: Sequence[Json] = ()
    before: Sequence[Job] = ()


def choice_form(asked: Asked) -> Html:
    """The page's content."""
    said = asked.said
    effect = tag(
        "label",
        tag(
            "input",
            type="checkbox",
            name="effect",
            value="yes",
            **asking.when(said.get("effect") == "yes", "checked"),
        ),
        " what its opening does to others' prices (two runs more a case)",
    )
    return joined(
        [
            tag("h1", "Projects"),
            tag("p", "What is a mine or plant worth, does it cover its debt, and what would kill it?"),
            tag("p", tag("a", "Packages of policies: what does a budget buy?", href="/choice/packages")),
            *([problem_table(asked.problems)] if asked.problems else []),
            *asking.earlier(asked.before),
            tag(
                "form",
                tag(
                    "fieldset",
                    tag("legend", "Which project"),
                    asking.way(said, PLANT, "A plant of the world", _plant(asked)),
                    asking.way(said, EXAMPLE, "A shipped example", _example(said)),
                    asking.way(said, FILE, "A project of my own", _own(asked)),
                    class_="ways",
                ),
                tag("h2", "At the prices of which cases"),
                asking.cases(asked.cases),
                tag(
                    "div",
                    number(
                        "draws",
                        "Draws of each case, 0 is as it stands",
                        said.get("draws", "0"),
                        0,
                        MOST_DRAWS,
                    ),
                    number(
                        "months",
                        "Months to run, 0 is the case's own",
                        said.get("months", "0"),
                        0,
                        MOST_MONTHS,
                    ),
                    effect,
                    class_="fields",
                ),
                tag(
                    "p",
                    "A case of two years takes about half a minute; a draw of it as long again.",
                    class_="note",
                ),
                tag("button", "Value it", type="submit", id="run"),
                tag("a", "Address of this question", href="/choice", id="deep", class_="quiet"),
                method="post",
                action="/choice",
                enctype="multipart/form-data",
                id="choice",
                class_="by-ways",
            ),
        ]
    )


def _plant(asked: Asked) -> Html:
    return joined(
        [
            field(
                PLANT,
                "Plant: type a part of its name",
                asked.said.get(PLANT, ""),
                list="plants",
                autocomplete="off",
                placeholder="mp_sep",
            ),
            asking.words_list("plants", asked.plants.items()),
            tag("p", f"{len(asked.plants)} plants of the shipped world.", class_="note"),
        ]
    )


def _example(said: Mapping[str, str]) -> Html:
    names = [(name, name.replace("-", " ")) for name in example_names()]
    reads = [
        joined([tag("a", f"{name}.toml", href=f"/choice/examples/{name}.toml", download=""), " "])
        for name in example_names()
    ]
    return joined(
        [
            chooser(EXAMPLE, "Example", names, said.get(EXAMPLE, "")),
            tag("p", "Its file, to read or to start from: ", *reads, class_="note"),
        ]
    )


def _own(asked: Asked) -> Html:
    return asking.own_file(
        asked.said,
        "What it makes, costs and is promised (TOML): change the numbers",
        asked.limit,
        "/choice/template.toml",
        "Every number of it is invented; what is left out is taken from the kind of plant or assumed.",
    )
