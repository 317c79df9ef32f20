"""The command line: one thin layer over the Python face."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from xenotime.errors import InputProblems, InternalFault, NoAnswer, XenotimeError

app = typer.Typer(
    name="xenotime",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="If this control, deal or policy happens, what happens to price and availability, to whom and when?",
)
worlds = typer.Typer(no_args_is_help=True, help="Own worlds and the shipped one: check, init, show, list.")
app.add_typer(worlds, name="world")

JsonOption = Annotated[str, typer.Option("--json", help="write JSON to this file, or - for stdout")]
WorldOption = Annotated[
    str, typer.Option("--world", help="a folder of tables instead of the case's shipped world")
]


def main() -> None:
    """Run the command line with the exit codes of the contract: 0, 1 no answer, 2 bad input, 3 our bug."""
    sys.exit(guarded(lambda: app(standalone_mode=False)))


def guarded(action: Callable[[], Any]) -> int:
    """Run `action`; print what went wrong where people look, and return the exit code."""
    try:
        result = action()
    except InputProblems as error:
        from xenotime.report.problems import print_problems

        print_problems(error)
        return error.exit_code
    except NoAnswer as error:
        print(f"no valid answer: {error}", file=sys.stderr)
        return error.exit_code
    except XenotimeError as error:
        print(f"a fault of xenotime: {error}", file=sys.stderr)
        return error.exit_code
    except typer.Abort:
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:
        # typer carries its own click, whose errors of usage know how to show themselves
        show = getattr(error, "show", None)
        if show is not None:
            show()
            return 2
        traceback.print_exc()
        print("a fault of xenotime: please report the lines above and the command", file=sys.stderr)
        return InternalFault.exit_code
    return result if isinstance(result, int) else 0


def _say(json_target: str = "") -> Any:
    """A console for people; on stderr when stdout belongs to JSON."""
    from rich.console import Console

    wide = None if sys.stdout.isatty() else 120  # a pipe has no width of its own
    return Console(stderr=json_target == "-", width=wide)


def _write_json(target: str, text: str) -> None:
    if target == "-":
        print(text)
    elif target:
        from xenotime.report.files import write_text

        write_text(Path(target), text)


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int, str], None]]:
    """Progress on stderr, and only to a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total, month: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[month]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(label, month="")
        yield lambda done, total, month: bar.update(task, completed=done, total=total, month=month)


@app.command()
def run(
    case: Annotated[str, typer.Argument(help="a name listed by `xenotime cases`, a folder or a TOML file")],
    world: WorldOption = "",
    months: Annotated[
        int | None, typer.Option(help="months to roll; the case's own number by default", min=1)
    ] = None,
    out: Annotated[str, typer.Option(help="folder to keep the run in, for explain and compare")] = "",
    json: JsonOption = "",
    report: Annotated[str, typer.Option(help="write a one-file HTML report here")] = "",
    engine: Annotated[str, typer.Option(help="interior, piqp, highs or clarabel")] = "interior",
) -> None:
    """Roll a case month by month beside its baseline and say what it does to price and availability."""
    from xenotime.api import load_case, load_world
    from xenotime.report.brief import write_report
    from xenotime.report.envelope import to_json
    from xenotime.report.summary import print_summary
    from xenotime.runs import claim_folder, run_case, save_run

    asked = load_case(case)
    place = str(Path(world).resolve()) if world else asked.data.world
    picture = load_world(place)
    keep = claim_folder(Path(out)) if out else None
    with _progress(f"{asked.name} on {picture.name}") as tell:
        done = run_case(picture, asked, months, engine, tell, keep)
    with _say("-").status("reading prices and flows off the months, drawing"):
        document = done.document()
        _write_json(json, to_json(document))
        if report:
            write_report(document, Path(report))
        if out:
            save_run(done, Path(out), place, document)
    print_summary(document, _say(json))


@app.command()
def solve(
    folder: Annotated[str, typer.Argument(help="a folder of tables")],
    json: JsonOption = "",
    engine: Annotated[
        str, typer.Option(help="interior, piqp, highs or clarabel; chosen by the kind of program if blank")
    ] = "",
) -> None:
    """One static clearing of a world given as tables: prices, flows, activities, objective."""
    from xenotime.api import solve as clear
    from xenotime.report.envelope import to_json
    from xenotime.report.solved import solve_document
    from xenotime.report.terminal import show_clearing

    clearing = clear(folder, engine=engine)
    if json:
        _write_json(json, to_json(solve_document(clearing, folder)))
    if json != "-":
        show_clearing(_say(), clearing)


@app.command()
def explain(
    run: Annotated[str, typer.Argument(help="a folder written by `xenotime run --out`")],
    material: Annotated[str, typer.Option(help="e.g. Dy_oxide")],
    region: Annotated[str, typer.Option(help="e.g. DEU")],
    month: Annotated[str, typer.Option(help="YYYY-MM")],
    market: Annotated[str, typer.Option(help="spot, or the name of a pool")] = "spot",
    json: JsonOption = "",
) -> None:
    """A price as cost + rents + taxes along the chain; a shortage as what binds and what would relieve it."""
    from xenotime.api import explain_saved
    from xenotime.report.envelope import to_json
    from xenotime.report.solved import explain_document
    from xenotime.report.terminal import show_explanation

    told = explain_saved(Path(run), material, region, month, market)
    if json:
        _write_json(json, to_json(explain_document(told, material, region, month)))
    if json != "-":
        show_explanation(_say(), told)


@app.command()
def compare(
    runs: Annotated[
        list[str], typer.Argument(help="folders or JSON of runs, two or more; the first is the ruler")
    ],
    json: JsonOption = "",
) -> None:
    """What differs between runs: what went into them, and what came out, by material and region."""
    from xenotime.api import load_world
    from xenotime.report.compared import compare_runs, load_saved
    from xenotime.report.envelope import to_json
    from xenotime.report.side_by_side import show_comparison

    compared = compare_runs([load_saved(Path(run)) for run in runs], load_world)
    if json:
        _write_json(json, to_json(compared))
    if json != "-":
        show_comparison(_say(), compared)


@app.command()
def fit(
    freeze: Annotated[
        str, typer.Option(help="freeze the result, with this note in the list of fit records")
    ] = "",
    points: Annotated[int, typer.Option(help="runs over the priors", min=8)] = 48,
    work: Annotated[str, typer.Option(help="folder of finished runs, taken up again")] = "fit-work",
    workers: Annotated[int, typer.Option(help="processes beside each other", min=1)] = 1,
    months: Annotated[int, typer.Option(help="months to run; 0 is all of the episode", min=0)] = 0,
    look_ahead: Annotated[str, typer.Option(help="periods foreseen in months, such as 1,2,3")] = "",
    json: JsonOption = "",
) -> None:
    """Fit the few behavioural numbers on what was observed to the end of 2015, and freeze them."""
    from xenotime.ensembles.backtest import Effort, fit_episode
    from xenotime.ensembles.episodes import find_episodes
    from xenotime.ensembles.frozen import freeze as write_frozen
    from xenotime.report.backtested import show_fit
    from xenotime.report.envelope import envelope, to_json

    (episode,) = find_episodes("quota-2010")
    effort = Effort(points, workers, months, _periods(look_ahead))
    with _progress("fit on quota-2010") as tell:
        done = fit_episode(episode, effort, Path(work), tell)
    _write_json(json, to_json(envelope("fit", done.record["observed_sha256"], done.record)))
    show_fit(_say(json), done.record)
    if freeze:
        _say("-").print(f"frozen in {write_frozen(done, freeze)}; commit it with its record")


@app.command()
def backtest(
    episode: Annotated[str, typer.Argument(help="an episode, or all")] = "all",
    json: JsonOption = "",
    predict_only: Annotated[
        bool, typer.Option("--predict-only", help="run the frozen model; read nothing that was observed")
    ] = False,
    draws: Annotated[int, typer.Option(help="with --predict-only: draws of behaviour", min=1)] = 16,
    commit: Annotated[
        str, typer.Option(help="with --predict-only: put the predictions on the record, with this note")
    ] = "",
    facts: Annotated[
        str, typer.Option(help="with --predict-only: all, or 'as known' at the cut-off")
    ] = "all",
    work: Annotated[str, typer.Option(help="folder of finished runs, taken up again")] = "backtest-work",
    workers: Annotated[int, typer.Option(help="processes beside each other", min=1)] = 1,
    look_ahead: Annotated[
        str,
        typer.Option(
            help="periods foreseen in months, single ones while goods sail; the model's own if blank"
        ),
    ] = "",
    board: Annotated[str, typer.Option("--scoreboard", help="write the scoreboard page here")] = "",
) -> None:
    """Score the frozen model on past episodes against what happened and against naive rivals."""
    from xenotime.ensembles.backtest import Effort, commit_prediction, predict_episode
    from xenotime.ensembles.backtest import backtest as scored
    from xenotime.ensembles.episodes import find_episodes
    from xenotime.ensembles.frozen import load_frozen
    from xenotime.ensembles.scoreboard import scoreboard
    from xenotime.report.backtested import (
        backtest_document,
        predictions_document,
        show_backtest,
        show_predictions,
    )
    from xenotime.report.envelope import to_json
    from xenotime.report.files import write_text

    wanted = find_episodes(episode)
    if predict_only:
        frozen, effort = load_frozen(), Effort(draws, workers, 0, _periods(look_ahead))
        made = []
        for item in wanted:
            with _progress(item.episode) as tell:
                place = Path(work) / item.episode / facts.replace(" ", "-")
                made.append(predict_episode(item, frozen, effort, place, facts, tell))
            if commit:
                commit_prediction(made[-1], commit)
        _write_json(json, to_json(predictions_document(made, frozen.sha256)))
        if json != "-":
            show_predictions(_say(), made)
        return
    data = scored(wanted)
    _write_json(json, to_json(backtest_document(data)))
    if board:
        write_text(Path(board), scoreboard(data))
    if json != "-":
        show_backtest(_say(), data)


def _periods(text: str) -> tuple[int, ...]:
    """Lengths of look-ahead periods from text such as ``1,2,3``; raises InputProblems for anything else."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdigit() and int(part) > 0 for part in parts):
        from xenotime.errors import one_problem

        raise one_problem("bad-value", "--look-ahead", repr(text), "months such as 1,1,1,3,3,3", "correct it")
    return tuple(int(part) for part in parts)


@app.command()
def cases() -> None:
    """The named cases that ship."""
    from xenotime.policy.case import case_names, load_case
    from xenotime.report.terminal import show_rows

    loaded = [load_case(name) for name in case_names()]
    show_rows(
        _say(),
        "Cases",
        ("name", "world", "start", "months", "question"),
        [(c.name, c.data.world, c.data.start, c.data.months, c.data.question) for c in loaded],
    )


@app.command()
def facts(
    query: Annotated[str, typer.Argument(help="an element, material, region, plant, sector or control")] = "",
    json: JsonOption = "",
) -> None:
    """What is known, by whom, and how well."""
    from xenotime.report.known import show_facts

    show_facts(_say(json), query, json, _write_json)


@worlds.command("check")
def world_check(
    folder: Annotated[
        str,
        typer.Argument(
            help="a folder of tables, or a month (2010-06); the shipped world of 2024 if left out"
        ),
    ] = "",
    adjustments: Annotated[
        bool, typer.Option(help="list what reconciliation changed, largest first")
    ] = False,
    proxies: Annotated[bool, typer.Option(help="list assays that stand in for others")] = False,
    wedges: Annotated[bool, typer.Option(help="list calibrated minus sourced costs, largest first")] = False,
    notes: Annotated[
        bool,
        typer.Option(
            help="list what is not wrong but worth knowing: losses, dead ends, gaps, facts published later"
        ),
    ] = False,
    hindcast: Annotated[
        bool, typer.Option(help="predict 2022 and 2023 with the shipped world's costs frozen, and score it")
    ] = False,
    date: Annotated[str, typer.Option(help="month of a shipped world, as the argument")] = "2024-12",
) -> None:
    """Check a world and say all that is wrong with it; print how the shipped one was made."""
    from xenotime.api import hindcast as predicted
    from xenotime.api import load_world
    from xenotime.report.checked import show_check
    from xenotime.report.hindcast import show_hindcast

    wanted = {"adjustments": adjustments, "proxies": proxies, "wedges": wedges, "notes": notes}
    show_check(_say(), load_world(folder or date), wanted)
    if hindcast:
        show_hindcast(_say(), *predicted())


@worlds.command("init")
def world_init(folder: Annotated[str, typer.Argument(help="a new folder")]) -> None:
    """Write a small complete world to start from."""
    from xenotime.world.template import init_world

    init_world(Path(folder))
    _say().print(f"wrote {folder}; try: xenotime solve {folder}")


@worlds.command("show")
def world_show(
    element: Annotated[str, typer.Argument(help="an element or material")],
    world: WorldOption = "2024-12",
) -> None:
    """Who mines, separates, makes and uses an element in the base month."""
    from xenotime.api import load_world
    from xenotime.api import solve as clear
    from xenotime.report.shown import show_element

    picture = load_world(world)
    show_element(_say(), element, picture, clear(picture, picture.date))


@app.command()
def doctor() -> None:
    """What is installed, which engines are found, and a self-check of some seconds."""
    from xenotime.report.doctor import examine

    raise typer.Exit(examine(_say()))


if __name__ == "__main__":
    main()
