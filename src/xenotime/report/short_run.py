"""The brief of a run and of an ensemble: price, availability, for whom, how sure, and what was done."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

from xenotime.figures import (
    availability_worst,
    control_marks,
    price_overview,
    price_paths,
    shortage_by_sector,
)
from xenotime.figures.rows import grouped, material_marks, plain
from xenotime.figures.style import number_text
from xenotime.report.answer import answer, leading
from xenotime.report.findings import Findings, find
from xenotime.report.numbers import band_words, headline_words
from xenotime.report.pictures import Picture, picture
from xenotime.report.short import LISTED, PICTURES, SENTENCES, Brief, Said
from xenotime.report.short_sources import Cited
from xenotime.report.sure import answer_sentences, coverage_sentence, drivers, labels_of, next_rows
from xenotime.report.sure_page import driver_pictures, fan_pictures

Data = dict[str, Any]
BANDS = 3  # headline numbers whose ranges one sentence tells
SMALL = 9  # pixels of letters where a name stands for every row of a low picture
TOLD = 3  # numbers and facts told of each kind
NO_RANGE = "none. This is one run, and its numbers carry no band; --draws asks for one."
MULTIPLE = "multiple"  # unit of numbers that scale a whole table of the world


def run_brief(document: Data) -> Brief:
    """Of a run, with bands where the document has draws."""
    data = document["data"]
    found = find(data)
    case = data["case"]
    return Brief(
        case["title"],
        case["question"],
        (*map(_said, answer(data, found)), ("Range", _range(data)), ("What was done", _done(data))),
        tuple(_pictures(data, found)),
        None,
        tuple(_changes(data)),
        tuple(_sources(data)),
        _command(data),
    )


def _said(sentence: str) -> Said:
    topic, _, text = sentence.partition(": ")
    return topic, text


def _range(data: Data) -> str:
    """One sentence with the ranges of the first headline numbers, or that there is none."""
    if "draws" not in data:
        return NO_RANGE
    first: dict[str, Data] = {}
    for row in data["headline"]:
        first.setdefault(row["outcome"], row)
    labels = labels_of(data)
    told = [
        f"{headline_words(row, labels)}: {band_words(row, data['months'])}"
        for row in list(first.values())[:BANDS]
    ]
    draws = data["draws"]
    return f"over {draws['asked'] - draws['failed']} draws, {'; '.join(told)}."


def _done(data: Data) -> str:
    """Controls with their dates, and levers: what the case supposes."""
    keys = ("control", "instrument", "announced", "in_force", "until")
    rows = [{key: row.get(key) or "" for key in keys} for row in data["controls"]]
    parts = [
        f"{control} ({plain(instrument)}), announced {announced or 'at no date given'}, in force "
        f"{in_force or 'from the start'}, {f'until {until}' if until else 'with no end'}"
        for control, instrument, announced, in_force, until in grouped(rows, *keys)
    ]
    parts += [
        f"{row['lever']} ({plain(row['kind'])}), from {row.get('start') or 'the start'}"
        for row in data.get("levers", ())
    ]
    more = f", and {len(parts) - LISTED} more" if len(parts) > LISTED else ""
    return f"{'; '.join(parts[:LISTED]) or 'nothing, this is the world as it was'}{more}."


def _pictures(data: Data, found: Findings) -> Iterator[Picture]:
    """All prices, the price that moves furthest (its band, where there is one), and who goes short."""
    overview = price_overview(data["prices"], inside=found.inside, labels=found.labels)
    overview.update_yaxes(dtick=1, tickfont={"size": SMALL})
    yield picture("prices", overview)
    fans = fan_pictures(data)[:1] if "draws" in data else []
    if fans:
        yield fans[0]
    elif found.moved:
        material = next(peak.material for peak in leading(found) if peak is not None)
        rows = [row for row in data["prices"] if row["material"] == material]
        marks = material_marks(data["controls"], material, found.months)
        yield picture(
            "price",
            price_paths(rows, material, inside=found.inside, labels=found.labels, marks=marks),
        )
    if found.shortages:
        worst = found.shortages[0].material
        stage = found.labels.stage(worst)
        yield picture(
            "short",
            shortage_by_sector(
                [row for row in data["shortfalls"] if row["value"]],
                labels=found.labels,
                months=found.months,
                materials={code for code in _materials(data) if found.labels.stage(code) == stage},
                what=plain(stage or "materials"),
                marks=control_marks(data["controls"], found.months),
            ),
        )
    else:
        yield picture("availability", availability_worst(data["availability"], labels=found.labels))


def _materials(data: Data) -> list[str]:
    return [row["material"] for row in data["materials"]]


def _changes(data: Data) -> Iterator[str]:
    """Drivers and facts to check where there are draws; else the widest behaviour and what is assumed."""
    if "draws" in data:
        yield from _from_draws(data)
    else:
        scales = [row for row in data["behaviour"] if row["unit"] == MULTIPLE]
        wide = sorted(scales, key=lambda row: -(row["high"] / row["low"]))
        for row in wide[:TOLD]:
            yield (
                f"Behaviour: {row['name'].replace('_', ' ')} is taken as {number_text(row['value'])} and may "
                f"be {number_text(row['low'])} to {number_text(row['high'])} times what the tables of the "
                f"world say (grade {row['grade']}); which number decides the answer is known only with draws."
            )
    noted = [(row["control"], row["note"]) for row in data["controls"] if row.get("note")]
    noted += [(row["lever"], row["assumed"]) for row in data.get("levers", ()) if row.get("assumed")]
    for name, note in list(dict.fromkeys(noted))[:TOLD]:
        yield f"Assumed of {name}: {note}"


def _from_draws(data: Data) -> Iterator[str]:
    for what, span, share, grade, _ in drivers(data)[:TOLD]:
        yield f"{what[:1].upper()}{what[1:]} ({span}, grade {grade}): {share}."
    for what, share, span, grade, _ in next_rows(data, TOLD):
        yield f"Worth checking next: {what}, now {span} (grade {grade}); {share} of what is unsure."


def _sources(data: Data) -> Iterator[Cited]:
    """What the case is taken from, then what the bands hang on, then the best grades."""
    for entry in data["case"].get("citation") or ():
        yield Cited("", str(entry))
    if "draws" in data:
        for _, _, _, grade, title in drivers(data)[:TOLD]:
            yield Cited(grade, title)
    for row in sorted(data.get("sources") or (), key=lambda row: (row["grade"], row["source"])):
        yield Cited(row["grade"], f"{row['title']}, {row['publisher']}, {row['date']}", row["url"])


def _command(data: Data) -> str:
    case = data["case"]
    draws = f" --draws {data['draws']['asked']}" if "draws" in data else ""
    return f"xenotime run {shlex.quote(case['name'])} --months {case['months']}{draws} --json run.json"


def ensemble_brief(document: Data) -> Brief:
    """Of an ensemble: the ranges are the answer."""
    data = document["data"]
    case, draws = data["case"], data["draws"]
    shown = (*fan_pictures(data)[: PICTURES - 1], *driver_pictures(data)[:1])
    command = (
        f"xenotime ensemble {shlex.quote(case['name'])} --draws {draws['asked']} --months {case['months']}"
    )
    return Brief(
        f"{case['title']}: how sure",
        case["question"],
        (
            *map(_said, answer_sentences(data)[: SENTENCES - 1]),
            ("How good bands are", coverage_sentence(data)),
        ),
        shown[:PICTURES],
        None,
        tuple(_from_draws(data)),
        tuple(Cited(grade, title) for _, _, _, grade, title in drivers(data)),
        f"{command} --seed {draws['seed']} --out draws --json ensemble.json",
    )
