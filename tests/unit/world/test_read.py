"""Folders that are right, in all the shapes users give them, and rubbish that may only be told."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xenotime.errors import InputProblems
from xenotime.world.checks import read_checked
from xenotime.world.problems import CODES, KEPT
from xenotime.world.read import read_world
from xenotime.world.tables import KEYS, TABLES, columns_of
from xenotime.world.world import World

Writer = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Writer:
    """Write tables given as keyword arguments, text or bytes, and return their folder."""

    def write(**tables: str | bytes) -> Path:
        for table, text in tables.items():
            content = text if isinstance(text, bytes) else text.encode("utf-8")
            (tmp_path / f"{table}.csv").write_bytes(content)
        return tmp_path

    return write


def codes(path: Path) -> set[str]:
    with pytest.raises(InputProblems) as caught:
        read_world(path)
    return {problem.code for problem in caught.value.problems}


def test_only_what_is_there_is_read_and_the_rest_is_default(folder: Writer) -> None:
    world = read_world(folder(lanes="material,origin,destination,cost\nsalt,ARC,BAY,3\n"))
    (lane,) = world.lanes
    assert (lane.material, lane.origin, lane.destination, lane.cost) == ("salt", "ARC", "BAY", 3.0)
    assert (lane.limit, lane.weight, lane.tariff, lane.limit_group) == (None, 1.0, 0.0, "")
    assert world.regions == ()
    assert world.demand == ()


def test_blank_cells_take_defaults(folder: Writer) -> None:
    world = read_world(folder(lanes="material,origin,destination,weight,limit\nsalt,ARC,BAY,,\n"))
    assert world.lanes[0].weight == 1.0
    assert world.lanes[0].limit is None


@pytest.mark.parametrize("word", ["yes", "true", "1", "TRUE", "Yes"])
def test_flags_that_are_yes(folder: Writer, word: str) -> None:
    assert read_world(folder(materials=f"material,disposable\nsalt,{word}\n")).materials[0].disposable is True


@pytest.mark.parametrize("word", ["no", "false", "0", "False"])
def test_flags_that_are_no(folder: Writer, word: str) -> None:
    assert (
        read_world(folder(materials=f"material,disposable\nsalt,{word}\n")).materials[0].disposable is False
    )


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbfregion,name\nARC,Arc\n",
        b"region,name\r\nARC,Arc\r\n",
        b"region,name\nARC,Arc",
        b"\nregion,name\n\nARC,Arc\n\n",
        b'"region","name"\n"ARC","Arc"\n',
        b"name,region\nArc,ARC\n",
    ],
    ids=["byte-order mark", "windows lines", "no last line end", "blank lines", "quotes", "other order"],
)
def test_one_table_in_many_dresses(folder: Writer, text: bytes) -> None:
    (region,) = read_world(folder(regions=text)).regions
    assert (region.region, region.name) == ("ARC", "Arc")


def test_rows_are_counted_as_an_editor_counts_them(folder: Writer) -> None:
    text = 'material,origin,destination,cost,note\nsalt,ARC,BAY,3,"two\nlines"\n\nsalt,BAY,ARC,many,\n'
    with pytest.raises(InputProblems) as caught:
        read_world(folder(lanes=text))
    assert [problem.row for problem in caught.value.problems] == [5]


def test_utf_16_is_named(folder: Writer) -> None:
    for text in ("region\nARC\n".encode("utf-16"), "region\nARC\n".encode("utf-16-le")):
        with pytest.raises(InputProblems, match=r"UTF-16.*UTF-8"):
            read_world(folder(regions=text))


def test_the_same_key_in_other_words_is_found(folder: Writer) -> None:
    """A blank sector is the default sector, so these are two rows about one thing."""
    text = "material,region,sector,form,quantity\nsalt,BAY,,fixed,1\nsalt,BAY,all,fixed,2\n"
    assert codes(folder(demand=text)) == {"duplicate-key"}


def test_a_plant_without_recipes_has_no_recipe(folder: Writer) -> None:
    assert codes(folder(facilities="facility,region,recipe\npan,ARC,boil\n")) == {"unknown-name"}


def test_without_tables_of_names_names_come_from_use(folder: Writer) -> None:
    lanes = "material,origin,destination\nsalt,ARC,BAY\n"
    control = "control,instrument,material,origin\nstop,ban,salt,{}\n"
    assert read_world(folder(lanes=lanes, controls=control.format("ARC"))).controls[0].origin == "ARC"
    assert codes(folder(lanes=lanes, controls=control.format("ARK"))) == {"unknown-name"}


def test_sources_are_held_against_their_table_where_there_is_one(folder: Writer) -> None:
    path = folder(regions="region,source\nARC,atlas-1907\n")
    assert read_world(path).regions[0].source == "atlas-1907"
    assert codes(folder(sources="source\natlas-1908\n")) == {"unknown-name"}


def test_files_that_are_no_tables_are_left_alone(folder: Writer, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("salt", encoding="utf-8")
    (tmp_path / "._lanes.csv").write_bytes(b"\0\0")
    assert len(read_world(folder(regions="region\nARC\n")).regions) == 1


def test_numbers_are_read_to_the_last_digit(folder: Writer) -> None:
    for text in ("0.1", "1e-320", "123456789.12345678", "-0.0", "+5", ".5", "5."):
        world = read_world(folder(lanes=f"material,origin,destination,cost\nsalt,ARC,BAY,{text}\n"))
        assert world.lanes[0].cost == float(text)


@pytest.mark.parametrize(
    "text", ["1_000", "1 000", "0x10", "１２", "1e", "--1", "1.2.3", "one", "n/a", "1;2"]
)
def test_what_is_no_number_is_refused(folder: Writer, text: str) -> None:
    assert codes(folder(lanes=f"material,origin,destination,cost\nsalt,ARC,BAY,{text}\n")) == {"bad-number"}


@pytest.mark.parametrize("name", ["salt ", "\u00a0salt", "sa\u200blt", "sa\tlt", "se\u0301l"])
def test_names_that_look_alike_are_refused(folder: Writer, name: str) -> None:
    assert codes(folder(materials=f"material\n{name}\n")) == {"stray-character"}


def test_units_change_numbers_ranges_and_bounds(folder: Writer) -> None:
    world = read_world(
        folder(
            materials="material,unit\nsalt,t\nsaffron,kg\n",
            lanes="material,origin,destination,cost,low,high,tariff,lag_months\n"
            "salt,ARC,BAY,3,2,4,5,30.4375\nsaffron,ARC,BAY,3,,,0,\n",
            demand="material,region,form,intercept,slope,quantity\nsalt,BAY,linear,9,0.5,\nsaffron,BAY,fixed,,,12\n",
            controls="control,instrument,material,value\ncap,quota,salt,24\nduty,tariff,salt,0.2\n",
            units="table,column,unit\nlanes,cost,USD/kg\nlanes,tariff,percent\nlanes,lag_months,day\n"
            "demand,slope,USD/kg/(kg/year)\ndemand,quantity,t/year\ncontrols,value,t/year\n",
        )
    )
    salt, saffron = world.lanes
    assert (salt.cost, salt.low, salt.high) == pytest.approx((3000, 2000, 4000))
    assert (salt.tariff, salt.lag_months) == pytest.approx((0.05, 1.0))
    assert saffron.cost == pytest.approx(3.0)
    assert world.demand[0].intercept == 9
    assert world.demand[0].slope == pytest.approx(0.5 * 12e6)
    assert world.demand[1].quantity == pytest.approx(1000)
    assert [control.value for control in world.controls] == pytest.approx([2.0, 0.2])


def test_a_joint_limit_takes_the_unit_of_its_lanes(folder: Writer) -> None:
    path = folder(
        materials="material,unit\nsalt,t\npepper,t\nsaffron,kg\n",
        lanes="material,origin,destination,limit_group\nsalt,ARC,BAY,canal\npepper,ARC,BAY,canal\n",
        limits="limit_group,limit\ncanal,24\n",
        units="table,column,unit\nlimits,limit,kg/year\n",
    )
    assert read_world(path).limits[0].limit == pytest.approx(0.002)
    folder(lanes="material,origin,destination,limit_group\nsalt,ARC,BAY,canal\nsaffron,ARC,BAY,canal\n")
    assert codes(path) == {"wrong-kind-of-unit"}


def test_a_wrong_unit_is_told_once_and_not_per_row(folder: Writer) -> None:
    rows = "".join(f"salt,P{i},BAY,3\n" for i in range(50))
    path = folder(
        lanes="material,origin,destination,cost\n" + rows, units="table,column,unit\nlanes,cost,t/month\n"
    )
    with pytest.raises(InputProblems) as caught:
        read_world(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.row) == ("units.csv", 2)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("lane,cost,USD/t", "unknown-name"),
        ("lanes,kost,USD/t", "unknown-name"),
        ("lanes,material,USD/t", "unknown-name"),
        ("lanes,low,USD/t", "wrong-kind-of-unit"),
        ("lanes,cost,USD/furlong", "unknown-unit"),
    ],
)
def test_units_of_nothing_are_refused(folder: Writer, row: str, code: str) -> None:
    path = folder(
        lanes="material,origin,destination,cost\nsalt,ARC,BAY,3\n", units=f"table,column,unit\n{row}\n"
    )
    assert codes(path) == {code}


def test_many_problems_of_one_kind_are_counted(folder: Writer) -> None:
    rows = "".join(f"salt,P{i},BAY,x\n" for i in range(KEPT + 34))
    with pytest.raises(InputProblems) as caught:
        read_world(folder(lanes="material,origin,destination,cost\n" + rows))
    assert len(caught.value.problems) == KEPT + 1
    assert "34 more of this kind" in caught.value.problems[-1].found


def test_a_million_unknown_names_do_not_take_long_to_be_near(folder: Writer) -> None:
    """Nearest names are looked for only in messages that will be shown."""
    names = "".join(f"material{i}\n" for i in range(20_000))
    rows = "".join(f"matter{i},ARC,BAY\n" for i in range(20_000))
    path = folder(materials="material\n" + names, lanes="material,origin,destination\n" + rows)
    assert codes(path) == {"unknown-name"}


def told_or_read(tables: dict[str, bytes]) -> World | None:
    """Whatever is in the files, the reader returns a world or raises problems of declared codes."""
    with TemporaryDirectory() as place:
        for table, content in tables.items():
            (Path(place) / f"{table}.csv").write_bytes(content)
        try:
            return read_checked(place)
        except InputProblems as fault:
            problems = fault.problems
    assert problems
    assert {problem.code for problem in problems} <= set(CODES)
    assert all(str(problem).isprintable() for problem in problems)
    return None


@given(table=st.sampled_from(sorted(TABLES)), content=st.binary(max_size=300))
@example(table="lanes", content=b'material,origin,destination\n"\r\n\r')
@example(table="lanes", content=b"material,origin,destination\na\rb,c,d\n")
@example(table="regions", content=b'region\n"' + b"x" * 200_000 + b'"\n')
@example(table="regions", content=b"\xef\xbb\xbf\xef\xbb\xbfregion\nA\n")
def test_no_bytes_break_the_reader(table: str, content: bytes) -> None:
    told_or_read({table: content})


CELL = st.one_of(
    st.sampled_from(
        ["", "salt", "ARC", "BAY", "boil", "1", "-1", "0", "1e999", "nan", "yes", "linear", "fixed", "quota"]
    ),
    st.sampled_from(
        [
            "isoelastic",
            "ban",
            "2025-04",
            "2025-13",
            "operating",
            "USD/kg",
            "t_REO/year",
            "kt",
            "lanes",
            "cost",
        ]
    ),
    st.text(max_size=12),
    st.floats().map(repr),
)


@st.composite
def random_tables(draw: st.DrawFn) -> dict[str, bytes]:
    tables = {}
    for table in draw(st.lists(st.sampled_from(sorted(TABLES)), min_size=1, max_size=5, unique=True)):
        known = list(columns_of(table))
        optional = draw(st.lists(st.sampled_from(known), max_size=4, unique=True))
        header = list(dict.fromkeys([*KEYS[table], *optional]))
        header += draw(st.lists(st.text(max_size=6), max_size=1))
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(header)
        for row in draw(st.lists(st.lists(CELL, min_size=len(header), max_size=len(header)), max_size=4)):
            writer.writerow(row)
        tables[table] = out.getvalue().encode("utf-8", "surrogatepass")
    return tables


@given(tables=random_tables())
def test_no_cells_break_the_reader(tables: dict[str, bytes]) -> None:
    told_or_read(tables)
