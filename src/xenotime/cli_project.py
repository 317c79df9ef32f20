"""The command of a project's own question: what it is worth, whether it covers its debt, what kills it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xenotime.console import FactsOption, JsonOption, WorldOption, progress, say, write_json

DEFAULT_CASE = "baseline-2025"


def project(
    source: Annotated[
        str,
        typer.Argument(help="a TOML file of a project, a plant of the world, or an example such as eneabba"),
    ] = "",
    template: Annotated[bool, typer.Option("--template", help="print a project file to start from")] = False,
    case: Annotated[
        list[str] | None,
        typer.Option(help=f"case prices are taken from, {DEFAULT_CASE} if left out; may be given again"),
    ] = None,
    draws: Annotated[
        int, typer.Option(help="draws of each case over what is not known; 0 takes it as it stands", min=0)
    ] = 0,
    saved: Annotated[
        list[str] | None,
        typer.Option(
            help="folder of `xenotime ensemble CASE --out`: take its draws instead; may be repeated"
        ),
    ] = None,
    months: Annotated[int, typer.Option(help="months to run; 0 is the case's own number", min=0)] = 0,
    effect: Annotated[
        bool, typer.Option("--effect/--no-effect", help="two runs more: what its opening does to others")
    ] = True,
    world: WorldOption = "",
    facts: FactsOption = "",
    json: JsonOption = "",
    report: Annotated[str, typer.Option(help="write a one-file HTML report here")] = "",
) -> None:
    """Value of a mine or plant with and without its supports, odds of covering its debt, what kills it."""
    if template:
        from xenotime.choice.project_file import template as project_template

        typer.echo(project_template(), nl=False)
        return
    from xenotime.api import load_case
    from xenotime.errors import one_problem
    from xenotime.project_prices import Wanted
    from xenotime.project_study import value_project
    from xenotime.report.envelope import to_json
    from xenotime.report.projected import project_document
    from xenotime.report.projected_terminal import print_project

    if not source:
        raise one_problem(
            "no-project",
            "project",
            "no project",
            "a TOML file, a plant of the world or an example",
            "see `xenotime project --template`, or try `xenotime project eneabba`",
        )
    cases = [load_case(name) for name in case or (DEFAULT_CASE,)]
    place = str(Path(world).resolve()) if world else None
    with progress(Path(source).name) as tell:
        asked = Wanted(draws=draws, months=months, effect=effect, saved=tuple(saved or ()))
        found = value_project(source, cases, place, asked, facts or None, tell)
    document = project_document(found)
    write_json(json, to_json(document))
    if report:
        from xenotime.report.projected_page import write_project

        write_project(document, Path(report))
    if json != "-":
        print_project(document, say())


def register(app: typer.Typer) -> None:
    """Make the commands of this module commands of `app`."""
    app.command()(project)
