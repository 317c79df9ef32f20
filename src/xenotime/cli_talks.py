"""Commands of talks: what was said and promised, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from xenotime.console import JsonOption, WorldOption, progress, say, write_json


def ledger(
    at: Annotated[
        str, typer.Option(help="as known on this day YYYY-MM-DD or month; all that is on record if left out")
    ] = "",
    json: JsonOption = "",
    add: Annotated[
        list[str] | None,
        typer.Option(help="CSV of rows to add, or the JSON of `xenotime read`; may be given again"),
    ] = None,
    report: Annotated[str, typer.Option(help="write a one-file HTML report here")] = "",
    belief: Annotated[
        str, typer.Option(help="with --case: control and whose goods, such as CHN-18-2025@USA")
    ] = "",
    case: Annotated[str, typer.Option(help="write a case with the belief path of --belief here")] = "",
    base: Annotated[str, typer.Option(help="with --case: the case the belief is added to")] = "april-2025",
    template: Annotated[str, typer.Option(help="print the header of a table rows can be added to")] = "",
) -> None:
    """Promises against deliveries, reliability by speaker and kind of act, and what should be believed."""
    if template:
        from xenotime.talks.ledger.add import template as header_of

        typer.echo(header_of(template), nl=False)
        return
    from xenotime.facts.load import load_facts
    from xenotime.report.envelope import to_json
    from xenotime.report.ledgered import belief_case, ledger_document, newest
    from xenotime.talks.ledger.add import with_rows
    from xenotime.talks.ledger.days import read_at
    from xenotime.talks.ledger.ledger import ledger_at

    facts = with_rows(add) if add else load_facts()
    day = read_at(at) if at else newest(facts)
    if belief or case:
        from xenotime.report.files import write_text

        text = belief_case(facts, day, belief, case, base)
        write_text(Path(case), text)
        say("-").print(f"case with the belief path written to {case}", highlight=False)
        return
    with say("-").status("reading the record, weighing words"):
        document = ledger_document(facts, ledger_at(day, facts))
    write_json(json, to_json(document))
    if report:
        from xenotime.report.ledger_page import write_ledger

        write_ledger(document, Path(report))
    if json != "-":
        from xenotime.report.ledger_terminal import print_ledger

        print_ledger(document, say())


def leverage(
    by: Annotated[str, typer.Option(help="who controls: a region, or several with commas")],
    on: Annotated[str, typer.Option(help="whom it is aimed at: a region, or several with commas")],
    case: Annotated[
        str, typer.Option(help="controls of --by and policies of this case; a full ban where it has none")
    ] = "",
    only: Annotated[
        bool, typer.Option("--only", help="ban goods to --on alone, who may buy from third parties")
    ] = False,
    starts: Annotated[str, typer.Option(help="when the control begins, months from now")] = "0,12,24,36",
    months: Annotated[int, typer.Option(help="longest duration", min=1, max=120)] = 12,
    world: WorldOption = "",
    json: JsonOption = "",
    report: Annotated[str, typer.Option(help="write a one-file HTML report here")] = "",
    keep: Annotated[str, typer.Option(help="folder months and draws are kept in and taken up again")] = "",
    draws: Annotated[
        int,
        typer.Option(
            help="draws rolled over all that is not known; 0: over what a stopped line is worth alone", min=0
        ),
    ] = 0,
    drivers: Annotated[
        bool,
        typer.Option("--drivers/--no-drivers", help="switch off stocks, substitution and projects in turn"),
    ] = True,
    lifted: Annotated[str, typer.Option(help="durations whose end is rolled too, such as 3,6")] = "",
    published: Annotated[
        bool, typer.Option("--published", help="hold published estimates beside ours, under their dials")
    ] = False,
    workers: Annotated[
        int, typer.Option(help="processes that share the work; 0: one for each processor", min=0)
    ] = 0,
) -> None:
    """Losses of both sides by start and duration, the half-life of the gap, and the stronger hand."""
    from xenotime.api import leverage as work_out
    from xenotime.beside import cores
    from xenotime.report.envelope import to_json
    from xenotime.report.leverage_terminal import print_leverage
    from xenotime.report.leveraged import leverage_document

    with progress(f"leverage of {by} over {on}") as tell:
        answer = work_out(
            _names(by),
            _names(on),
            case,
            world=Path(world).resolve() if world else None,
            only=only,
            starts=_numbers(starts, "--starts"),
            months=months,
            drivers=drivers,
            draws=draws,
            lifted=_numbers(lifted, "--lifted"),
            published=published,
            keep=keep,
            workers=workers or cores(),
            tell=tell,
        )
    document = leverage_document(answer)
    write_json(json, to_json(document))
    if report:
        from xenotime.report.leverage_page import write_leverage

        write_leverage(document, Path(report))
    if json != "-":
        print_leverage(document, say())


def bargain(
    game: Annotated[str, typer.Argument(help="a shipped game (busan-2025, allied-pool ...) or a TOML file")],
    world: WorldOption = "",
    json: JsonOption = "",
    report: Annotated[str, typer.Option(help="write a one-file HTML report here")] = "",
    keep: Annotated[str, typer.Option(help="folder months of runs are kept in and taken up again")] = "",
) -> None:
    """Equilibria and the weights at which they hold, points of agreement, deals that keep themselves."""
    from xenotime.api import bargain as solve
    from xenotime.report.bargain_terminal import print_bargain
    from xenotime.report.bargained import bargain_document
    from xenotime.report.envelope import to_json

    with progress(game) as tell:
        played = solve(game, world=Path(world).resolve() if world else None, keep=keep, tell=tell)
    document = bargain_document(played.solved, played.runs)
    write_json(json, to_json(document))
    if report:
        from xenotime.report.bargain_page import write_bargain

        write_bargain(document, Path(report))
    if json != "-":
        print_bargain(document, say())


def read(
    file: Annotated[str, typer.Argument(help="a text, HTML page or PDF in English, or - for standard input")],
    json: JsonOption = "",
    confirm: Annotated[
        list[str] | None,
        typer.Option(help="a text of the other side commitments are held against; may be given again"),
    ] = None,
    date: Annotated[str, typer.Option(help="day the text is dated, YYYY-MM-DD; its own where left out")] = "",
    speaker: Annotated[
        str, typer.Option(help="party whose words they are: a state as ISO3, EU, or a firm")
    ] = "",
    case: Annotated[
        str, typer.Option(help="write a case here: the base with the levers the text names")
    ] = "",
    base: Annotated[str, typer.Option(help="case the levers are added to")] = "april-2025",
    run: Annotated[bool, typer.Option("--run", help="run the base with those levers and without")] = False,
    by: Annotated[str, typer.Option(help="side that controls; the origin of the base's controls")] = "",
    on: Annotated[str, typer.Option(help="the other side; every other party of the text")] = "",
    months: Annotated[int, typer.Option(help="months of --run", min=1, max=120)] = 12,
    settings: Annotated[
        str, typer.Option(help="CSV of your own lever settings, instead of the shipped")
    ] = "",
    world: WorldOption = "",
    keep: Annotated[str, typer.Option(help="folder months of --run are kept in and taken up again")] = "",
    report: Annotated[str, typer.Option(help="write a one-file HTML report here")] = "",
) -> None:
    """What a text commits to, claims and hopes for; its levers as a package, and what they would do."""
    from xenotime.report.envelope import to_json
    from xenotime.report.read_terminal import print_reading
    from xenotime.report.reading import read_texts

    asked = read_texts(file, confirm or (), date, speaker)
    document = asked.document
    if case or run or settings:
        document = _with_levers(asked, case, base, run, (by, on), months, settings, world, keep)
    write_json(json, to_json(document))
    if report:
        from xenotime.report.read_page import write_reading

        write_reading(document, Path(report))
    if json != "-":
        print_reading(document, say())


def _with_levers(
    asked: Any,
    case: str,
    base: str,
    run: bool,
    sides: tuple[str, str],
    months: int,
    settings: str,
    world: str,
    keep: str,
) -> dict[str, Any]:
    """The document with its levers as a package, written as a case and run where it was asked for."""
    from xenotime.api import load_case, load_world
    from xenotime.facts.load import load_facts
    from xenotime.facts.reading import LeverSetting
    from xenotime.policy.package import read_package
    from xenotime.report.files import write_text
    from xenotime.report.read_study import with_package, with_study
    from xenotime.talks.reader.package import case_of, named_levers, package_text, read_settings, sides_of

    facts, start = load_facts(), load_case(base)
    picture = load_world(str(Path(world).resolve()) if world else start.data.world)
    found = sides_of(asked.reading, picture, start, facts, _names(sides[0]), _names(sides[1]))
    rows = read_settings(Path(settings)) if settings else facts.rows(LeverSetting)
    levers = named_levers(asked.reading, found, start, rows, asked.lexicon)
    text = package_text(start, levers, asked.reading)
    made = case_of(Path(case).stem if case else f"{start.name}-read", text)
    read_package(made, picture)  # what does not fit the world is told before anything is written
    document = with_package(asked.document, levers)
    if run:
        from xenotime.reading_study import study

        with progress(made.name) as tell:
            done = study(picture, made, found, levers, months, keep=Path(keep) if keep else None, tell=tell)
        document = with_study(document, done, asked.reading, asked.lexicon)
    if case:
        write_text(Path(case), text)
        say("-").print(f"case with the levers of the text written to {case}", highlight=False)
    return document


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _numbers(text: str, flag: str) -> tuple[int, ...]:
    """Whole months with commas, sorted; raises InputProblems for anything else."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdigit() for part in parts):
        from xenotime.errors import one_problem

        raise one_problem("bad-value", flag, repr(text), "months such as 0,12,24", "correct it")
    return tuple(sorted({int(part) for part in parts}))


def register(app: typer.Typer) -> None:
    """Make the commands of this module commands of `app`."""
    for command in (ledger, leverage, bargain, read):
        app.command()(command)
