"""Commands of many runs: ensembles, the fit of behaviour, predictions and their scores."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xenotime.console import JsonOption, WorldOption, periods, progress, say, write_json


def ensemble(
    case: Annotated[str, typer.Argument(help="a name listed by `xenotime cases`, a folder or a TOML file")],
    draws: Annotated[int, typer.Option(help="how many draws", min=1)],
    out: Annotated[
        str, typer.Option(help="where draws are kept and taken up again: a folder, or s3://, memory:// ...")
    ],
    workers: Annotated[int, typer.Option(help="processes beside each other", min=1)] = 1,
    scheduler: Annotated[str, typer.Option(help="address of a Dask scheduler, tcp://host:port")] = "",
    seed: Annotated[int, typer.Option(help="seed of the draws", min=0)] = 2026,
    design: Annotated[str, typer.Option(help="sobol (can be extended) or lhs")] = "sobol",
    months: Annotated[
        int | None, typer.Option(help="months to roll; the case's own number by default", min=1)
    ] = None,
    world: WorldOption = "",
    json: JsonOption = "",
    report: Annotated[str, typer.Option(help="write a one-file HTML report here")] = "",
    look_ahead: Annotated[
        str, typer.Option(help="periods foreseen in months; several separated by / are drawn from")
    ] = "",
) -> None:
    """Roll a case many times over everything that is not known: bands, and what makes them wide."""
    from xenotime.api import ensemble as study_of
    from xenotime.api import load_case
    from xenotime.report.envelope import to_json
    from xenotime.report.sure_page import write_ensemble
    from xenotime.report.sure_terminal import print_bands

    asked = load_case(case)
    place = str(Path(world).resolve()) if world else asked.data.world
    with progress(f"{draws} draws of {asked.name}") as tell:
        study = study_of(
            place,
            asked,
            draws,
            workers=workers,
            client=scheduler or None,
            out=out,
            months=months,
            seed=seed,
            design=design,
            look_aheads=tuple(periods(part) for part in look_ahead.split("/") if part.strip()),
            tell=tell,
        )
    with say("-").status("reading the draws, drawing"):
        document = study.document()
        write_json(json, to_json(document))
        if report:
            write_ensemble(document, Path(report))
    print_bands(document, say(json))


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
    effort = Effort(points, workers, months, periods(look_ahead))
    with progress("fit on quota-2010") as tell:
        done = fit_episode(episode, effort, Path(work), tell)
    write_json(json, to_json(envelope("fit", done.record["observed_sha256"], done.record)))
    show_fit(say(json), done.record)
    if freeze:
        say("-").print(f"frozen in {write_frozen(done, freeze)}; commit it with its record")


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
        frozen, effort = load_frozen(), Effort(draws, workers, 0, periods(look_ahead))
        made = []
        for item in wanted:
            with progress(item.episode) as tell:
                place = Path(work) / item.episode / facts.replace(" ", "-")
                made.append(predict_episode(item, frozen, effort, place, facts, tell))
            if commit:
                commit_prediction(made[-1], commit)
        write_json(json, to_json(predictions_document(made, frozen.sha256)))
        if json != "-":
            show_predictions(say(), made)
        return
    data = scored(wanted)
    write_json(json, to_json(backtest_document(data)))
    if board:
        write_text(Path(board), scoreboard(data))
    if json != "-":
        show_backtest(say(), data)


def register(app: typer.Typer) -> None:
    """Make the commands of this module commands of `app`."""
    for command in (ensemble, fit, backtest):
        app.command()(command)
