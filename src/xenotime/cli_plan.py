"""The command of a ministry's question: which package of levers holds the loss down best for the money."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xenotime.console import JsonOption, WorldOption, progress, say, write_json


def plan(
    budget: Annotated[float, typer.Option(help="USD the sponsor may lay out")] = 0.0,
    sponsor: Annotated[str, typer.Option(help="who pays, such as USA; chooses the shipped menu")] = "",
    case: Annotated[
        list[str] | None,
        typer.Option(
            help="case packages are judged under, those of the menu if left out; may be given again"
        ),
    ] = None,
    menu: Annotated[str, typer.Option(help="a TOML file of levers on offer")] = "",
    template: Annotated[bool, typer.Option("--template", help="print a menu to start from")] = False,
    draws: Annotated[
        int, typer.Option(help="rolled draws of each case over what is not known; 0 takes it as it stands")
    ] = 0,
    seed: Annotated[int, typer.Option(help="of the draws")] = 2026,
    months: Annotated[int, typer.Option(help="months of each run; 0 is the menu's number")] = 0,
    packages: Annotated[int, typer.Option(help="most packages that are run in all scenes")] = 0,
    processes: Annotated[int, typer.Option(help="processes runs are shared between", min=1)] = 2,
    out: Annotated[str, typer.Option(help="folder in which runs are kept and taken up again")] = "",
    world: WorldOption = "",
    json: JsonOption = "",
    report: Annotated[str, typer.Option(help="write a one-file HTML report here")] = "",
) -> None:
    """Packages of policies on a frontier of outlay against loss, with regret across cases and variants."""
    if template:
        from xenotime.choice.menu_file import template as menu_template

        typer.echo(menu_template(), nl=False)
        return
    from xenotime.api import load_case
    from xenotime.choice.search import MOST
    from xenotime.plan_study import Wanted
    from xenotime.plan_study import plan as work_out
    from xenotime.report.envelope import to_json
    from xenotime.report.planned import plan_document
    from xenotime.report.planned_terminal import print_plan

    cases = [load_case(name) for name in case or ()]
    wanted = Wanted(budget, draws, seed, months, packages or MOST)
    with progress(Path(menu).stem if menu else sponsor) as tell:
        found = work_out(
            sponsor,
            wanted,
            menu or None,
            cases,
            str(Path(world).resolve()) if world else None,
            out=Path(out) if out else None,
            tell=tell,
            processes=processes,
        )
    document = plan_document(found)
    write_json(json, to_json(document))
    if report:
        from xenotime.report.planned_page import write_plan

        write_plan(document, Path(report))
    if json != "-":
        print_plan(document, say())


def register(app: typer.Typer) -> None:
    """Make the commands of this module commands of `app`."""
    app.command()(plan)
