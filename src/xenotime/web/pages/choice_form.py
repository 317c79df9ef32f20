"""The form of a project's question: which project, at the prices of which cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xenotime.choice.project_file import example_names
from xenotime.report.markup import Html, joined, tag
from xenotime.web.frame import problem_table
from xenotime.web.jobs import Job, Json
from xenotime.web.pages import fields
from xenotime.web.subpages import CHOICE, ways

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
    before: Sequence[Job] = field(default_factory=tuple)


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
            **fields.when(said.get("effect") == "yes", "checked"),
        ),
        " what its opening does to others' prices (two runs more a case)",
    )
    return joined(
        [
            ways(CHOICE, "/choice", "Projects and packages"),
            tag("h1", "Projects"),
            tag("p", "What is a mine or plant worth, does it cover its debt, and what would kill it?"),
            *([problem_table(asked.problems)] if asked.problems else []),
            *fields.earlier(asked.before),
            tag(
                "form",
                tag(
                    "fieldset",
                    tag("legend", "Which project"),
                    fields.way(said, PLANT, "A plant of the world", _plant(asked)),
                    fields.way(said, EXAMPLE, "A shipped example", _example(said)),
                    fields.way(said, FILE, "A project of my own", _own(asked)),
                    class_="ways",
                ),
                tag("h2", "At the prices of which cases"),
                fields.cases(asked.cases),
                tag(
                    "div",
                    fields.whole(
                        "Draws of each case, 0 is as it stands",
                        "draws",
                        said.get("draws", "0"),
                        0,
                        MOST_DRAWS,
                    ),
                    fields.whole(
                        "Months to run, 0 is the case's own",
                        "months",
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
            ),
        ]
    )


def _plant(asked: Asked) -> Html:
    return joined(
        [
            fields.field(
                "Plant: type a part of its name",
                PLANT,
                asked.said.get(PLANT, ""),
                list="plants",
                autocomplete="off",
                placeholder="mp_sep",
            ),
            fields.words_list("plants", asked.plants.items()),
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
            fields.select("Example", EXAMPLE, names, said.get(EXAMPLE, "")),
            tag("p", "Its file, to read or to start from: ", *reads, class_="note"),
        ]
    )


def _own(asked: Asked) -> Html:
    text = tag(
        "textarea",
        asked.said.get("text", ""),
        name="text",
        rows="18",
        spellcheck="false",
        class_="code",
    )
    return joined(
        [
            tag("label", "What it makes, costs and is promised (TOML): change the numbers ", text),
            tag(
                "label",
                f"Or a file (up to {fields.size_words(asked.limit)}), which takes the place of the text ",
                tag("input", type="file", name="file", accept=".toml"),
            ),
            tag(
                "p",
                tag("a", "Template", href="/choice/template.toml", download=""),
                ". Every number of it is invented; what is left out is taken from the kind of plant or "
                "assumed, and told.",
                class_="note",
            ),
        ]
    )
