"""The command line: one thin layer over the Python face."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from xenotime.cli_brief import register as register_brief
from xenotime.cli_company import register as register_company
from xenotime.cli_plan import register as register_plan
from xenotime.cli_project import register as register_project
from xenotime.cli_serve import register as register_serve
from xenotime.cli_studies import register
from xenotime.cli_talks import register as register_talks
from xenotime.console import JsonOption, WorldOption, periods, progress, say, write_json
from xenotime.errors import InputProblems, InternalFault, NoAnswer, XenotimeError

app = typer.Typer(
    rich_markup_mode=None,  # plain help: panels would load half of rich and take as long again
    name="xenotime",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="If this control, deal or policy happens, what happens to price and availability, to whom and when?",
)
worlds = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Own worlds and the shipped one: check, init, show, list.",
)
app.add_typer(worlds, name="world")


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
    look_ahead: Annotated[
        str, typer.Option(help="periods foreseen in months; 1,1,1,3,3,3 is finer and takes longer")
    ] = "1,1,4,6",
    draws: Annotated[
        int, typer.Option(help="draws over what is not known, for bands beside the run; 0 is none", min=0)
    ] = 0,
    workers: Annotated[int, typer.Option(help="with --draws: processes beside each other", min=1)] = 1,
) -> None:
    """Roll a case month by month beside its baseline and say what it does to price and availability."""
    from xenotime.api import ensemble as study_of
    from xenotime.api import load_case, load_world
    from xenotime.beside import cores
    from xenotime.report.brief import write_report
    from xenotime.report.ensembled import with_bands
    from xenotime.report.envelope import to_json
    from xenotime.report.summary import print_summary
    from xenotime.report.sure_terminal import print_bands
    from xenotime.runs import claim_folder, run_case, save_run

    asked = load_case(case)
    place = str(Path(world).resolve()) if world else asked.data.world
    picture = load_world(place)
    keep = claim_folder(Path(out)) if out else None
    if draws:  # first, because a folder of other draws is refused before anything is worked out
        with progress(f"{draws} draws of {asked.name}") as tell:
            kept = f"{out}.draws" if out else ""
            study = study_of(
                place,
                asked,
                draws,
                workers=workers,
                out=kept,
                months=months,
                look_aheads=(ahead,) if (ahead := periods(look_ahead)) else (),
                engine=engine,
                tell=tell,
            )
    with progress(f"{asked.name} on {picture.name}") as tell:
        done = run_case(picture, asked, months, engine, tell, keep, periods(look_ahead), cores())
    with say("-").status("reading prices and flows off the months, drawing"):
        document = done.document()
        if draws:
            document = with_bands(document, study.document())
        write_json(json, to_json(document))
        if report:
            write_report(document, Path(report))
        if out:
            save_run(done, Path(out), place, document)
    print_summary(document, say(json))
    if draws:
        print_bands(document, say(json), brief=True)


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
        write_json(json, to_json(solve_document(clearing, folder)))
    if json != "-":
        show_clearing(say(), clearing)


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
        write_json(json, to_json(explain_document(told, material, region, month)))
    if json != "-":
        show_explanation(say(), told)


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
        write_json(json, to_json(compared))
    if json != "-":
        show_comparison(say(), compared)


@app.command()
def cases() -> None:
    """The named cases that ship."""
    from xenotime.policy.case import case_names, load_case
    from xenotime.report.terminal import show_rows

    loaded = [load_case(name) for name in case_names()]
    show_rows(
        say(),
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

    show_facts(say(json), query, json, write_json)


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
    show_check(say(), load_world(folder or date), wanted)
    if hindcast:
        show_hindcast(say(), *predicted())


@worlds.command("init")
def world_init(folder: Annotated[str, typer.Argument(help="a new folder")]) -> None:
    """Write a small complete world to start from."""
    from xenotime.world.template import init_world

    init_world(Path(folder))
    say().print(f"wrote {folder}; try: xenotime solve {folder}")


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
    show_element(say(), element, picture, clear(picture, picture.date))


@app.command()
def doctor() -> None:
    """What is installed, which engines are found, and a self-check of some seconds."""
    from xenotime.report.doctor import examine

    raise typer.Exit(examine(say()))


@app.command()
def trouble(
    codes: Annotated[
        list[str] | None, typer.Argument(help="codes of problems; all, in a line each, if none")
    ] = None,
) -> None:
    """What the code of a problem means, how it comes about and what to do."""
    from xenotime.report.trouble import show_troubles

    show_troubles(say(), codes or [])


register(app)
register_talks(app)
register_company(app)
register_project(app)
register_serve(app)
register_plan(app)
register_brief(app)

if __name__ == "__main__":
    main()
