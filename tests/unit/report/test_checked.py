"""What `xenotime world check` says of a dated world."""

from __future__ import annotations

from io import StringIO
from types import MappingProxyType

from rich.console import Console

from unit.dynamics.dynamic_worlds import floating
from xenotime.report.checked import known_line, show_check, show_dated
from xenotime.world.relied import Gap, LaterFact, Reliance, tonnes_on_later_facts
from xenotime.world.world import World


def dated() -> World:
    built = {
        "reliance": (
            Reliance("uses", "use of oxides", 100.0, 50.0, 10.0, 15.0, 25.0),
            Reliance("uses", "use of magnets", 100.0, 100.0, 0.0, 0.0, 0.0),
            Reliance("capacities", "mine", 900.0, 0.0, 0.0, 0.0, 900.0),
        ),
        "gaps": (Gap("carried", "uses", "Dy / wind / DEU", 4.0, 2.0, 8.0, "2008 carried forward"),),
        "later_facts": tuple(
            LaterFact(
                "uses", f"row {tonnes:.0f}", "use of oxides", tonnes, 1.0, 0.5, 2.0, "2011-07", "s", "w"
            )
            for tonnes in (5.0, 20.0)
        ),
    }
    return World(**{**as_tables(floating()), "date": "2010-06", "built": MappingProxyType(built)})


def as_tables(world: World) -> dict[str, object]:
    return {name: getattr(world, name) for name in World.__slots__}


def said(*wanted: str) -> str:
    console = Console(file=(text := StringIO()), width=200)
    show_check(console, dated(), dict.fromkeys(wanted, True))
    return text.getvalue()


def test_the_share_of_tonnes_known_by_the_month_leaves_nameplates_out() -> None:
    line = known_line(dated())
    assert line.startswith("tonnes on facts known by 2010-06: 80% (first editions 5%)")
    assert line.endswith("carried forward 8%; published later 12%")
    assert line in said()


def test_sums_by_table_are_by_hand() -> None:
    rests = tonnes_on_later_facts(dated())
    assert [(row.table, row.tonnes, row.later) for row in rests.tables] == [
        ("uses", 200.0, 25.0),
        ("capacities", 900.0, 900.0),
    ]
    assert (rests.total.table, rests.total.tonnes, rests.total.later) == ("all", 200.0, 25.0)
    assert rests.known_share == 0.8


def test_notes_list_gaps_and_later_facts_largest_first() -> None:
    text = said("notes")
    assert "Dy / wind / DEU" in text
    assert "2008 carried forward" in text
    assert "published later: 2 uses" in text
    assert text.index("row 20") < text.index("row 5")


def test_a_world_without_dates_says_nothing_about_them() -> None:
    console = Console(file=(text := StringIO()))
    show_dated(console, floating())
    assert text.getvalue() == ""
    assert tonnes_on_later_facts(floating()).known_share == 1.0
