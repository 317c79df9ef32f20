"""A fit end to end on a past that takes seconds: what it reads, what it finds, what it keeps."""

from __future__ import annotations

import json
import pickle
import shutil
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from unit.ensembles.tiny_backtest import EPISODE, MONTHS, TRUTH, TinyFacts, job, truth, world
from xenotime.cli import app, guarded
from xenotime.ensembles import evaluate as evaluating
from xenotime.ensembles.backtest import Effort, backtest, commit_prediction, fit_episode
from xenotime.ensembles.door import FIT_UNTIL
from xenotime.ensembles.episodes import find_episodes
from xenotime.ensembles.evaluate import evaluate, portable
from xenotime.ensembles.fit import Fit, fit
from xenotime.ensembles.frozen import FILE, RECORDS, data_folder, fit_records, freeze, load_frozen
from xenotime.ensembles.joined import check_prediction, join, prediction_records
from xenotime.ensembles.predict import Variant, predict
from xenotime.ensembles.scoreboard import scoreboard
from xenotime.ensembles.store import sealed
from xenotime.errors import InternalFault, NoAnswer

POINTS = 9


class Later:
    """An observed row of 2016: a fit that looks at more than its period dies."""

    period = "2016-03"

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} of a row after 2015 was read")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fit")
    (folder / "data" / "backtest").mkdir(parents=True)
    for name in (RECORDS, "prediction_records.csv"):
        head = (data_folder() / "backtest" / name).read_text("utf-8").splitlines()[0]
        (folder / "data" / "backtest" / name).write_text(head + "\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def facts() -> TinyFacts:
    return TinyFacts(truth(), (Later(),))


@pytest.fixture(scope="module")
def done(place: Path, facts: TinyFacts) -> Fit:
    return fit(EPISODE, job(), facts, POINTS, 1, place / "points")


@pytest.fixture(scope="module")
def predicted(place: Path, done: Fit) -> dict[str, Any]:
    freeze(done, "a test", place / "data")
    frozen = load_frozen(place / "data")
    # predictions see keys of observed rows only, and none of these is after 2015
    return predict(
        EPISODE, Variant("all", job(), 3.5), frozen, TinyFacts(truth()), 3, place / "runs", model_rivals=True
    )


def test_the_number_that_made_the_past_is_found(done: Fit) -> None:
    low, middle, high = done.record["quantiles"]["elasticity_scale"]
    assert low < TRUTH["elasticity_scale"] < high
    assert middle == pytest.approx(TRUTH["elasticity_scale"], rel=0.25)
    assert high / low < 3  # the prior's is 6


def test_rows_after_2015_were_not_read(done: Fit) -> None:
    """`Later` would have raised; the record says how many rows there were."""
    assert done.observed.until == FIT_UNTIL
    assert done.record["observed_rows"] == 2 * MONTHS
    assert all(row.period <= "2015-12" for row in done.observed.observed_prices)


def test_only_an_in_sample_episode_may_be_fitted(tmp_path: Path) -> None:
    (held_out,) = find_episodes("april-2025")
    with pytest.raises(NoAnswer, match="nothing is tuned on it"):
        fit_episode(held_out, Effort(8), tmp_path)


def test_a_fit_that_was_killed_goes_on_where_it_stopped(
    place: Path, facts: TinyFacts, done: Fit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[int] = []
    usual = evaluating.run_series
    monkeypatch.setattr(evaluating, "run_series", lambda *args: ran.append(1) or usual(*args))
    (place / "points" / "00003.json").unlink()
    again = fit(EPISODE, job(), facts, POINTS, 1, place / "points")
    assert len(ran) == 1
    assert again.record == done.record


def test_a_point_of_another_world_is_not_taken_for_ours(place: Path, done: Fit) -> None:
    values = done.runs[0].values
    assert job().key(values) != replace(job(), months=MONTHS - 1).key(values)
    assert job().key(values) != job().key({**values, "cover_scale": 1.0})


def test_a_run_travels_between_processes_as_the_same_run() -> None:
    noted = replace(job(), world=replace(world(), built=MappingProxyType({"how": 1})))
    there = pickle.loads(pickle.dumps(portable(noted)))  # noqa: S301 - our own bytes
    assert there.key({}) == noted.key({}) == job().key({})


def test_a_month_without_an_answer_is_a_kept_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> Any:
        raise InternalFault("did not settle")

    monkeypatch.setattr(evaluating, "run_series", fail)
    found = evaluate(job(), 0, {}, tmp_path)
    assert found.series is None
    assert "did not settle" in found.failure
    monkeypatch.undo()
    assert evaluate(job(), 0, {}, tmp_path).failure == found.failure


def test_too_few_answers_are_no_fit(
    tmp_path: Path, facts: TinyFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> Any:
        raise NoAnswer("a month", "nothing", "an answer", "none")

    monkeypatch.setattr(evaluating, "run_series", fail)
    with pytest.raises(NoAnswer, match="0 of 8 points"):
        fit(EPISODE, job(), facts, 8, 1, tmp_path)


def test_a_fit_without_dysprosium_is_scored_on_it(done: Fit) -> None:
    check = next(c for c in done.checks if c["check"] == "without Ce and Dy")
    assert check["shown"] == check["scored"] == MONTHS - 1
    assert check["skill_against_no_change"] > 0.5


def test_the_frozen_file_is_the_fit(place: Path, done: Fit, predicted: dict[str, Any]) -> None:
    frozen = load_frozen(place / "data")
    assert frozen.values["elasticity_scale"] == done.record["quantiles"]["elasticity_scale"][1]
    assert frozen.behaviour().elasticity_scale == frozen.values["elasticity_scale"]
    assert fit_records(place / "data")[-1]["frozen"] == frozen.sha256


def test_a_frozen_file_that_was_touched_is_refused(
    place: Path, tmp_path: Path, predicted: dict[str, Any]
) -> None:
    copy = _copy(place / "data", tmp_path)
    document = json.loads((copy / FILE).read_text("utf-8"))
    document["values"]["cover_scale"] = 1.0
    (copy / FILE).write_text(json.dumps(document), "utf-8")
    with pytest.raises(NoAnswer, match="changed after it was frozen"):
        load_frozen(copy)


def test_a_new_frozen_file_needs_a_new_record(place: Path, tmp_path: Path, predicted: dict[str, Any]) -> None:
    copy = _copy(place / "data", tmp_path)
    document = json.loads((copy / FILE).read_text("utf-8"))
    document["values"]["cover_scale"] = 1.0
    (copy / FILE).write_text(json.dumps(sealed(document)), "utf-8")
    with pytest.raises(NoAnswer, match="last fit record does not name"):
        load_frozen(copy)


def test_a_prediction_holds_nothing_observed(predicted: dict[str, Any]) -> None:
    assert predicted["later_tonnes"] == 3.5
    for row in predicted["targets"]:
        assert row["low"] <= row["predicted"] <= row["high"]
        assert not {"observed", "observed_low", "value"} & set(row)
        assert len(row["members"]) == (15 if row["kind"] != "timing" else 3)
        assert set(row["rivals"]) == {
            "no change",
            "pre-shock share",
            "cost-share input-output",
            "straight-line demand",
            "perfect foresight",
        }


def test_predictions_join_only_when_committed_and_whole(
    place: Path, facts: TinyFacts, predicted: dict[str, Any]
) -> None:
    frozen = load_frozen(place / "data")
    with pytest.raises(NoAnswer, match="not committed"):
        join(EPISODE, predicted, frozen, [], facts)
    records = [{"prediction": predicted["sha256"]}]
    with pytest.raises(NoAnswer, match="changed after it was sealed"):
        check_prediction({**predicted, "draws": 99}, frozen, records)
    with pytest.raises(NoAnswer, match="another frozen file"):
        check_prediction(predicted, replace(frozen, sha256="0"), records)
    with pytest.raises(NoAnswer, match="not scored"):
        join(replace(EPISODE, sample="forecast"), predicted, frozen, records, facts)
    rows = join(EPISODE, predicted, frozen, records, facts)
    prices = [row for row in rows if row["kind"] == "price"]
    assert len(prices) == 2 * (MONTHS - 1)
    assert sum(row["error"] for row in prices) < sum(row["rival_errors"]["no change"] for row in prices)


def test_the_backtest_has_its_tables_and_its_page(
    place: Path, facts: TinyFacts, predicted: dict[str, Any]
) -> None:
    commit_prediction(predicted, "a test", place / "data")
    commit_prediction(predicted, "once only", place / "data")
    assert len(prediction_records(place / "data")) == 1
    data = backtest([EPISODE], place / "data", facts)  # type: ignore[arg-type]
    row = data["targets"][0]
    for key in ("episode", "target", "observed", "predicted", "low", "high", "rival", "rival_error", "skill"):
        assert key in row
    overall = [r for r in data["scores"] if (r["by"], r["group"]) == ("kind", "price")]
    assert {r["rival"] for r in overall} == {r["rival"] for r in data["rivals"]}
    assert {r["by"] for r in data["scores"]} == {
        "all",
        "kind",
        "element",
        "stage",
        "market",
        "destination",
        "month",
    }
    page = scoreboard(data)
    assert "## tiny (in-sample, facts all)" in page
    assert "published later: 4" in page or "published later: 3" in page
    assert "without Ce and Dy" in page
    assert "<summary>By market</summary>" in page
    assert f"All {len(data['targets'])} targets" in page
    for row in data["targets"]:
        assert row["target"] in page


def test_a_miss_is_shown_with_what_was_written_of_it(
    place: Path, tmp_path: Path, facts: TinyFacts, predicted: dict[str, Any]
) -> None:
    folder = _copy(place / "data", tmp_path)
    commit_prediction(predicted, "a test", folder)
    text = "episode,target,mechanism\nother,*,wrong\ntiny,price/*,the reason\n*,*,too general\n"
    (folder / "backtest" / "mechanisms.csv").write_text(text, "utf-8")
    data = backtest([EPISODE], folder, facts)  # type: ignore[arg-type]
    for row in data["targets"]:
        reason = "the reason" if row["kind"] == "price" else "too general"
        assert row["mechanism"] == ("" if row["covered"] else reason)
    missed = {**data, "targets": [{**r, "covered": False, "mechanism": "why"} for r in data["targets"]]}
    assert "| why |" in scoreboard(missed)
    plain = {**missed, "targets": [{**row, "mechanism": ""} for row in missed["targets"]]}
    assert "| not explained yet |" in scoreboard(plain)


def _copy(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to / "data"))


@pytest.fixture
def shipped(
    place: Path, facts: TinyFacts, monkeypatch: pytest.MonkeyPatch, predicted: dict[str, Any]
) -> None:
    """The command finds the tiny episode where it looks for the shipped ones."""
    commit_prediction(predicted, "a test", place / "data")
    for module in ("frozen", "joined", "backtest"):
        monkeypatch.setattr(f"xenotime.ensembles.{module}.data_folder", lambda: place / "data")
    monkeypatch.setattr("xenotime.ensembles.episodes.load_episodes", lambda: (EPISODE,))
    monkeypatch.setattr("xenotime.ensembles.backtest.load_facts", lambda: facts)


@pytest.mark.usefixtures("shipped")
def test_the_command_prints_json_and_writes_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "scoreboard.md"
    assert call("backtest", "all", "--json", "-", "--scoreboard", str(page)) == 0
    out = capsys.readouterr()
    document = json.loads(out.out)
    assert document["kind"] == "backtest"
    assert out.err == ""
    assert {row["episode"] for row in document["data"]["targets"]} == {"tiny"}
    assert page.read_text("utf-8").startswith("# Scoreboard")


@pytest.mark.usefixtures("shipped")
def test_the_command_shows_scores_to_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("backtest", "tiny") == 0
    assert "peak-quarter/Nd_oxide" in capsys.readouterr().out


def test_without_a_frozen_file_there_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("xenotime.ensembles.frozen.data_folder", lambda: tmp_path)
    assert call("backtest", "all", "--predict-only") == 1
    assert "xenotime fit --freeze" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("backtest", "april-2052"), ("fit", "--look-ahead", "1,x")])
def test_bad_words_are_bad_input(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert call(*words) == 2
    assert capsys.readouterr().out == ""


def call(*words: str) -> int:
    return guarded(lambda: app(list(words), standalone_mode=False))
