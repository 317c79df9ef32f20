"""How sure, and why: the sentences, the page and the terminal, from a document made by hand."""

from __future__ import annotations

import io
import json
import re

import pytest
from rich.console import Console

from unit.report.invented_ensemble import document
from xenotime.errors import InputProblems
from xenotime.report.ensembled import ensemble_document, with_bands
from xenotime.report.sure import answer_sentences, coverage_sentence, drivers, headline_table, next_rows
from xenotime.report.sure_page import driver_pictures, fan_pictures, furthest, render_ensemble
from xenotime.report.sure_terminal import print_bands

HOSTILE = "</script><script>alert(1)</script>[bold]"


def test_what_is_assumed_is_never_a_middle() -> None:
    price, use = answer_sentences(document()["data"])
    assert "assumed" in price
    assert "3.00 x to 12.0 x" in price
    assert "6.00" not in price, "the median is not told"
    assert "70" in price
    assert "40\u00a0% in the middle" in use


def test_tables_name_numbers_sources_and_shares() -> None:
    data = document()["data"]
    assert headline_table(data)[0][1:] == ("assumed: 3.00 x to 12.0 x", "90\u00a0%", "70\u00a0%")
    first, second = drivers(data)
    assert first[0] == "price at which mill stops buying (oxide)"
    assert first[1] == "20.0 to 400"
    assert first[4] == "A study of mills"
    assert second[1] == "bent or straight"
    assert next_rows(data) == [(first[0], "35\u00a0%", "20.0 to 400", "D", "A study of mills")]


def test_the_past_is_quoted_beside_the_bands_with_what_they_leave_out() -> None:
    said = coverage_sentence(document()["data"])
    assert "86\u00a0% of 50 outcomes of past (hold-out)" in said
    assert "a factor of 2.72" in said


def test_fans_are_of_the_place_outside_that_moves_furthest() -> None:
    price, use = fan_pictures(document()["data"])
    assert price.caption == "Price of xanium oxide in Celand: assumed: 3.00 x to 12.0 x."
    drawn = json.loads(price.payload)["data"]
    assert [trace["name"] for trace in drawn] == ["nine draws in ten", "half of the draws"], "and no middle"
    assert drawn[0]["y"] == [2.0, 8.0, 14.0, 3.5, 2.0, 0.5]
    assert [trace["name"] for trace in json.loads(use.payload)["data"]][-1] == "middle draw"


def test_furthest_of_nothing_is_nothing() -> None:
    assert furthest([], 1.0) == []


def test_one_picture_for_each_number_with_its_draws_and_its_line() -> None:
    choke, demand = driver_pictures(document()["data"])
    dots, line = json.loads(choke.payload)["data"]
    assert len(dots["x"]) == 12
    assert dots["x"] == sorted(dots["x"])
    assert line["x"] == [20.0, 80.0, 320.0]
    assert json.loads(choke.payload)["layout"]["xaxis"]["type"] == "log"
    layout = json.loads(demand.payload)["layout"]["xaxis"]
    assert layout["ticktext"] == ["bent", "straight"]
    assert "70\u00a0% of the spread" in choke.caption


def test_the_page_is_closed_and_text_stays_text() -> None:
    text = render_ensemble(document(HOSTILE))
    assert "<script>alert" not in text
    assert "default-src 'none'" in text
    body = text[text.index("<body") : text.index("<script")]
    assert not re.search(r'(src|href)="http', body)
    for words in ("A study of mills", "NoAnswer: the month 2031-03", "one draw failed", "bargain"):
        assert words in text


def test_a_page_of_another_document_is_refused() -> None:
    with pytest.raises(InputProblems) as told:
        render_ensemble({"kind": "run"})
    assert told.value.problems[0].code == "report-kind"


def test_the_terminal_says_the_same_and_reads_no_markup() -> None:
    stream = io.StringIO()
    print_bands(document(HOSTILE), Console(file=stream, width=200))
    said = stream.getvalue()
    assert "[bold]" in said
    assert "assumed: 3.00 x to 12.0 x" in said
    assert "A study of mills" in said
    assert "Warning: one draw failed" in said


def test_a_run_keeps_its_own_tables_beside_the_bands() -> None:
    run = {"kind": "run", "warnings": ["w"], "data": {"prices": [1], "controls": [2]}}
    both = with_bands(run, document())
    assert both["kind"] == "run"
    assert both["data"]["controls"] == [2]
    assert both["data"]["bands"]
    assert both["warnings"] == ["w", "one draw failed"]


def test_failed_draws_are_a_warning_of_the_document() -> None:
    data = document()["data"]
    (warning,) = ensemble_document("k", data)["warnings"]
    assert warning.startswith("1 of 41 draws have no answer")
    assert ensemble_document("k", {**data, "draws": {**data["draws"], "failed": 0}})["warnings"] == []
