"""The command of a company's own question: its bill of materials, its lines, what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xenotime.console import FactsOption, JsonOption, WorldOption, progress, say, write_json


def exposure(
    bill: Annotated[
        str, typer.Argument(help="bill of materials, CSV or Excel, or a shipped example such as motor-maker")
    ] = "",
    template: Annotated[bool, typer.Option("--template", help="print a small bill to start from")] = False,
    plant_template: Annotated[
        bool, typer.Option("--plant-template", help="print a file of plants to start from")
    ] = False,
    case: Annotated[
        list[str] | None, typer.Option(help="case to run the lines under; may be given again")
    ] = None,
    plant: Annotated[str, typer.Option(help="TOML file of plants, lines and stock")] = "",
    at: Annotated[
        str,
        typer.Option(help="controls and prices of this day; today of the plants, else the last on record"),
    ] = "",
    draws: Annotated[
        int, typer.Option(help="draws of each case over what is not known; 0 takes it as it stands", min=0)
    ] = 0,
    world: WorldOption = "",
    facts: FactsOption = "",
    json: JsonOption = "",
    report: Annotated[str, typer.Option(help="write a one-file HTML report here")] = "",
    tables: Annotated[
        str, typer.Option(help="write every table as CSV for a spreadsheet, to this folder")
    ] = "",
) -> None:
    """Grams, dollars and licences in a bill of materials; when lines stop, and the cheapest relief."""
    if template or plant_template:
        from xenotime.exposure.columns import template as bill_template
        from xenotime.exposure.plant_file import template as plants_template

        typer.echo(bill_template() if template else plants_template(), nl=False)
        return
    from xenotime.api import load_case
    from xenotime.company_study import Wanted, expose
    from xenotime.errors import one_problem
    from xenotime.exposure.plant_file import example
    from xenotime.report.envelope import to_json
    from xenotime.report.exposed import exposure_document
    from xenotime.report.exposed_terminal import print_exposure

    if not bill:
        raise one_problem(
            "no-bill", "exposure", "no bill", "a CSV or Excel file", "see `xenotime exposure --template`"
        )
    cases = [load_case(name) for name in case or ()]
    shipped = example(bill)
    if shipped is not None:
        bill, plant = str(shipped / "bill.csv"), plant or (str(shipped / "plants.toml") if cases else "")
    with progress(Path(bill).name) as tell:
        found = expose(
            bill,
            plant or None,
            cases,
            str(Path(world).resolve()) if world else None,
            at,
            Wanted(draws=draws),
            facts or None,
            tell=tell,
        )
    document = exposure_document(found)
    write_json(json, to_json(document))
    if report:
        from xenotime.report.exposed_page import write_exposure

        write_exposure(document, Path(report))
    if tables:
        from xenotime.report.sheets import write_tables

        write_tables(document, Path(tables))
    if json != "-":
        print_exposure(document, say())


def register(app: typer.Typer) -> None:
    """Make the commands of this module commands of `app`."""
    app.command()(exposure)
