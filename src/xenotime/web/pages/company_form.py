"""The form of the company's question: its bill, its plants as rows, cases; every field with its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from xenotime.exposure.plant_file import example_names
from xenotime.facts.load import load_facts
from xenotime.report.markup import Html, joined, tag
from xenotime.web.example_cases import beside_examples, case_of
from xenotime.web.fields import chooser, field, number
from xenotime.web.frame import problem_table
from xenotime.web.jobs import Job, Json
from xenotime.web.pages import asking
from xenotime.web.pages.plant_rows import KINDS, Kind, Said, choices_of, is_number, rows_of

SPARE, MORE = 2, 4  # empty rows of a table, and those of one of which more were asked for
MOST_DRAWS = 40
FOLDED = ("transit", "option")  # tables few need: folded away until they hold something
EXAMPLE = "example:"  # what the choice of a shipped bill begins with
DRAFT, JOB = "draft", "job"
LABELS = {
    "units_per_week": "units a week",
    "revenue_per_unit": "revenue a unit, USD",
    "margin_per_unit": "margin a unit, USD",
    "catch_up": "over plan it can run (share)",
    "cancelled_per_month": "orders lost a month (share)",
    "delivery_weeks": "weeks between deliveries",
    "transit_weeks": "weeks on the way",
    "arrives": "arrives (YYYY-MM-DD)",
    "share": "share (0 to 1)",
    "odds": "odds (0 to 1)",
    "lead_weeks": "lead, weeks",
    "premium": "dearer by (share)",
    "one_off": "once, USD",
}
LISTS = {"region": "regions", "country": "regions", "sector": "sectors", "action": "actions"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form shows.

    said : fields as they were typed;  cases : ticked;  more : table of which more rows were asked for
    bill : name of a bill that is kept, in a draft or by the job asked again;  job : that job
    problems : faults of what was given;  before : earlier answers of the visitor
    limit : bytes a bill may have
    """

    said: Said
    cases: Sequence[str]
    limit: int
    more: str = ""
    bill: str = ""
    job: str = ""
    draft: str = ""
    problems: Sequence[Json] = ()
    before: Sequence[Job] = ()


def company_form(asked: Asked) -> Html:
    """The page's content."""
    said = asked.said
    parts: list[str] = [
        tag("h1", "My company"),
        tag("p", "What of ours is exposed, when do lines stop, and what is the cheapest relief?"),
        *([problem_table(asked.problems)] if asked.problems else []),
        _begin(asked),
        tag(
            "form",
            tag("button", "Work it out", type="submit", class_="first", tabindex="-1"),  # what Enter presses
            *(tag("input", type="hidden", name=name, value=value) for name, value in _hidden(asked)),
            _bill(asked),
            tag("h2", "Plants, lines and stock"),
            tag(
                "p",
                "Leave all rows empty to ask only what is in the bill and what of it needs a licence. A row "
                "with nothing in it is no row.",
                class_="note",
            ),
            _top(said),
            *(_table(kind, asked) for kind in KINDS),
            tag(
                "div",
                tag(
                    "label",
                    "Or a file of plants (TOML), which takes the place of all rows above ",
                    tag("input", type="file", name="plants", accept=".toml"),
                ),
                tag("a", "Template", href="/company/plants.toml", download=""),
                tag(
                    "button", "Show it in the rows", name="more", value="file", type="submit", class_="quiet"
                ),
                class_="tools",
            ),
            tag("h2", "Under which cases"),
            tag(
                "p",
                "A case must begin before today of the plants; the odds of each stand by themselves.",
                class_="note",
            ),
            asking.cases(asked.cases, _others()),
            tag(
                "div",
                number(
                    "draws", "Draws of each case, 0 is as it stands", said.get("draws", "0"), 0, MOST_DRAWS
                ),
                field(
                    "at", "Controls and prices as of", said.get("at", ""), placeholder="today of the plants"
                ),
                class_="fields",
            ),
            tag("p", "A case takes some twenty seconds; a draw of it takes as long again.", class_="note"),
            tag("button", "Work it out", type="submit", id="run"),
            tag("a", "Address of this question", href="/company", id="deep", class_="quiet"),
            *lists(),
            method="post",
            action="/company",
            enctype="multipart/form-data",
            id="company",
        ),
    ]
    return joined(parts)


def _hidden(asked: Asked) -> list[tuple[str, str]]:
    return [(name, value) for name, value in (("again", asked.job), ("draft", asked.draft)) if value]


def _begin(asked: Asked) -> Html:
    """Ways to begin, and earlier answers."""
    examples = [
        joined([tag("a", name.replace("-", " "), href=f"/company?example={name}"), " "])
        for name in example_names()
    ]
    ways = tag(
        "p",
        "Bring a bill and say what your lines do, or begin with an example: ",
        *examples,
        "(their numbers are round ones of no firm).",
    )
    if not asked.before:
        return tag("section", ways, id="begin")
    links = [
        tag("li", tag("a", job.title, href=f"/jobs/{job.job}"), f" ({job.state})") for job in asked.before
    ]
    earlier = tag("details", tag("summary", "Your earlier questions"), tag("ul", *links), class_="more")
    return tag("section", ways, earlier, id="begin")


def _bill(asked: Asked) -> Html:
    chosen = asked.said.get("bill_from", "")
    options = [("", "the file chosen beside")]
    if asked.draft and asked.bill:
        options.append((DRAFT, f"{asked.bill}, as you sent it"))
    elif asked.job and asked.bill:
        options.append((JOB, f"{asked.bill}, of the question before"))
    options += [(f"{EXAMPLE}{name}", f"example: {name.replace('-', ' ')}") for name in example_names()]
    return tag(
        "fieldset",
        tag("legend", "Bill of materials"),
        tag(
            "div",
            chooser("bill_from", "Take", options, chosen),
            tag(
                "label",
                f"A file of yours (CSV or Excel, up to {asking.size_words(asked.limit)}), which goes first ",
                tag("input", type="file", name="bill", accept=".csv,.tsv,.txt,.xlsx,.xlsm"),
            ),
            class_="fields broad",
        ),
        tag(
            "p",
            "One row a part: part and material in words at least; level or parent, quantity, mass, supplier "
            "and country where known. ",
            tag("a", "Template (CSV)", href="/company/template.csv", download=""),
            ". Files stay on the machine that runs this workbench.",
            class_="note",
        ),
    )


def _top(said: Said) -> Html:
    return tag(
        "div",
        field("title", "Title", said.get("title", "")),
        field("today", "Today", said.get("today", ""), placeholder="YYYY-MM-DD"),
        field("weeks", "Weeks to look at", said.get("weeks", ""), inputmode="numeric", placeholder="52"),
        field("sector", "Sector", said.get("sector", ""), list="sectors", placeholder="other"),
        field("budget", "Budget for relief, USD", said.get("budget", ""), inputmode="decimal"),
        class_="fields",
    )


def _table(kind: Kind, asked: Asked) -> Html:
    """A table of rows, and some empty ones, so that it can be filled in without a script."""
    rows = rows_of(asked.said, kind)
    spare = MORE if asked.more == kind.name else SPARE
    keys = tuple(kind.entry.model_fields)
    head = tag("tr", *(tag("th", LABELS.get(key, key.replace("_", " ")), scope="col") for key in keys))
    body = [_row(kind, keys, number, row) for number, row in enumerate([*rows, *({} for _ in range(spare))])]
    table = tag(
        "div",
        tag(
            "table",
            tag("caption", kind.title, class_="unseen"),
            tag("thead", head),
            tag("tbody", *body),
            class_="entry",
            data_table=kind.name,
        ),
        class_="scroll",
    )
    button = tag("button", "More rows", name="more", value=kind.name, type="submit", class_="quiet")
    said = tag("p", f"{kind.says[:1].upper()}{kind.says[1:]}.", class_="note")
    if kind.name in FOLDED:
        opened = asking.when(bool(rows) or asked.more == kind.name, "open")
        return tag("details", tag("summary", kind.title), said, table, button, class_="rows", **opened)
    return tag("section", tag("h3", kind.title), said, table, button, class_="rows")


def _row(kind: Kind, keys: Sequence[str], number: int, row: Said) -> Html:
    cells = [tag("td", _cell(kind, key, number, row.get(key, ""))) for key in keys]
    return tag("tr", *cells)


def _cell(kind: Kind, key: str, number: int, value: str) -> Html:
    label = f"{kind.title}, row {number + 1}: {LABELS.get(key, key.replace('_', ' '))}"
    name = f"{kind.name}.{number}.{key}"
    options = choices_of(kind, key)
    if options:
        made = [
            tag("option", word, value=word, **asking.when(word == (value or options[0]), "selected"))
            for word in options
        ]
        return tag("select", *made, name=name, aria_label=label, autocomplete="off")
    more = {"list": LISTS[key]} if key in LISTS else {}
    if is_number(kind, key):
        more |= {"inputmode": "decimal", "class_": "short"}
    return tag("input", name=name, value=value, aria_label=label, **more)


@cache
def _others() -> tuple[tuple[str, str], ...]:
    """Cases beside the examples, with their titles."""
    return tuple((name, case_of(name).data.title) for name in beside_examples())


@cache
def lists() -> tuple[Html, ...]:
    """Regions, sectors and actions that fields offer."""
    facts = load_facts()
    regions = [(row.region, row.name) for row in facts.rows("regions")]
    sectors = sorted({row.sector for row in facts.rows("cover")} - {"all"})
    actions = [(row.action, row.what) for row in facts.rows("company_actions")]
    return (
        asking.words_list("regions", regions),
        asking.words_list("sectors", [(name, name.replace("_", " ")) for name in sectors]),
        asking.words_list("actions", actions),
    )
