"""A menu is read: all its problems at once, each with where, found, expected, remedy."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from xenotime.choice.menu_entries import SCALED, MenuFile, MenuLever
from xenotime.errors import InputProblems, Problem, one_problem
from xenotime.months import month_of
from xenotime.policy.levers import LEVER_DATES
from xenotime.policy.toml_file import line_of, read_toml, text_of
from xenotime.world.problems import suggestion, unknown_name


def menu_names() -> tuple[str, ...]:
    """Sponsors with a shipped menu, sorted."""
    folder = resources.files("xenotime") / "data" / "menus"
    return tuple(sorted(item.name.removesuffix(".toml") for item in folder.iterdir()))


def template() -> str:
    """A menu to start from; every number in it is invented."""
    return (resources.files("xenotime.choice") / "menu_template.toml").read_text("utf-8")


def shipped_menu(sponsor: str) -> MenuFile:
    """The shipped menu of a sponsor; raises InputProblems where there is none."""
    names = menu_names()
    if sponsor not in names:
        raise one_problem(
            "no-menu",
            "plan",
            f"no menu of {sponsor or 'nobody'}",
            "a sponsor with a shipped menu: " + ", ".join(names),
            suggestion(sponsor, names, "give one with --menu; `xenotime plan --template` prints one"),
            column="--sponsor",
        )
    file = resources.files("xenotime") / "data" / "menus" / f"{sponsor}.toml"
    return parse_menu(file.read_text("utf-8"), f"{sponsor}.toml")


def load_menu(path: str | Path) -> MenuFile:
    """Read a menu; raises InputProblems for what is not TOML, unknown keys, bad values and contradictions."""
    text = text_of(path, "a TOML file of levers on offer", "see `xenotime plan --template`")
    return parse_menu(text, Path(path).name)


def parse_menu(text: str, file: str) -> MenuFile:
    """A menu from its text; raises as :func:`load_menu`."""
    data = read_toml(text, file, MenuFile)
    names = [entry.lever for entry in data.lever]
    problems = [*_empty(data, file), *_twice(data, file, text)]
    for entry in data.lever:
        problems += [
            *_sizes(entry, file, text),
            *_ground(entry, file, text),
            *_costed(entry, file, text),
            *_dates(entry, file, text),
            *_sponsor(entry, data.sponsor, file, text),
            *_named(entry.lever, "excludes", entry.excludes, names, file),
        ]
    for partner in data.partner:
        problems += [
            *_named(partner.region, "levers", partner.levers, names, file),
            *_joins(partner.region, data.side(), file, text),
            *_draws(partner.region, [e for e in data.lever if e.lever in partner.levers], file, text),
        ]
    if problems:
        raise InputProblems(problems)
    return data


def _empty(data: MenuFile, file: str) -> Iterator[Problem]:
    if not data.lever:
        yield Problem(
            "empty-menu", file, None, "lever", "no lever", "at least one [[lever]]", "add what may be bought"
        )


def _twice(data: MenuFile, file: str, text: str) -> Iterator[Problem]:
    for table, key, names in (
        ("lever", "lever", [entry.lever for entry in data.lever]),
        ("partner", "region", [entry.region for entry in data.partner]),
        ("case", "case", [entry.case for entry in data.case]),
    ):
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                at = line_of(text, key, name)
                where = f"{table}.{key}"
                yield Problem("duplicate-key", file, at, where, repr(name), "each once", "rename or drop one")


def _sizes(entry: MenuLever, file: str, text: str) -> Iterator[Problem]:
    """Sizes are positive, each once, and there is an amount they are multiples of."""
    where, at = f"{entry.lever}.sizes", line_of(text, "sizes")
    bad = not entry.sizes or min(entry.sizes) <= 0 or len(set(entry.sizes)) < len(entry.sizes)
    if bad or max(entry.sizes) == float("inf"):
        yield Problem(
            "bad-size",
            file,
            at,
            where,
            repr(list(entry.sizes)),
            "multiples above zero, each once",
            "correct the sizes",
        )
    elif entry.sizes != (1.0,) and not any(getattr(entry, key) for key in SCALED):
        yield Problem(
            "size-of-nothing",
            file,
            at,
            where,
            repr(list(entry.sizes)),
            "an amount they are multiples of: " + ", ".join(SCALED),
            "state the amount, or leave sizes out",
        )


def _ground(entry: MenuLever, file: str, text: str) -> Iterator[Problem]:
    """Nothing is offered on nobody's word."""
    if not (entry.source or entry.assumed):
        yield Problem(
            "no-ground",
            file,
            line_of(text, "lever", entry.lever),
            f"{entry.lever}.source",
            "neither source nor assumed",
            "where size and price come from, or that they are assumed and why",
            "add source = ... or assumed = ...",
        )


def _costed(entry: MenuLever, file: str, text: str) -> Iterator[Problem]:
    """A share of what a plant costs to build is booked in no run, so a budget would not see it."""
    if entry.kind in ("loan", "tax_credit") and entry.share and not (entry.amount or entry.price):
        yield Problem(
            "no-amount",
            file,
            line_of(text, "lever", entry.lever),
            f"{entry.lever}.amount",
            "a share of the cost of building alone",
            "what is paid in money, so that a budget can hold it",
            "add amount = ...",
        )


def _dates(entry: MenuLever, file: str, text: str) -> Iterator[Problem]:
    for key in LEVER_DATES:
        value = getattr(entry, key)
        if value and not _is_month(value):
            yield Problem(
                "bad-month",
                file,
                line_of(text, key, value),
                f"{entry.lever}.{key}",
                repr(value),
                "YYYY-MM or YYYY-MM-DD",
                "write the month",
            )


def _is_month(value: str) -> bool:
    try:
        month_of(value)
    except ValueError:
        return False
    return True


def _sponsor(entry: MenuLever, sponsor: str, file: str, text: str) -> Iterator[Problem]:
    if entry.sponsor not in ("", sponsor):
        yield Problem(
            "other-sponsor",
            file,
            line_of(text, "sponsor", entry.sponsor),
            f"{entry.lever}.sponsor",
            repr(entry.sponsor),
            f"the sponsor of the menu, {sponsor}: others' levers belong into a case",
            "leave sponsor out",
        )


def _named(owner: str, key: str, wanted: tuple[str, ...], names: list[str], file: str) -> Iterator[Problem]:
    for name in wanted:
        if name not in names or name == owner:
            yield unknown_name(file, f"{owner}.{key}", name, [known for known in names if known != owner])


def _joins(region: str, side: tuple[str, ...], file: str, text: str) -> Iterator[Problem]:
    if region in side:
        yield Problem(
            "same-side",
            file,
            line_of(text, "region", region),
            "partner.region",
            repr(region),
            "a region that is not the sponsor's own",
            "name another region",
        )


def _draws(region: str, levers: list[MenuLever], file: str, text: str) -> Iterator[Problem]:
    """A partner who pays and may not draw would be a donor."""
    for entry in levers:
        if not entry.members:
            yield Problem(
                "no-members",
                file,
                line_of(text, "lever", entry.lever),
                f"{region}.levers",
                f"{entry.lever}, which has no members",
                "a lever with members, who draw on it: an allied_pool",
                "give it members, or take it out of the partner's levers",
            )
