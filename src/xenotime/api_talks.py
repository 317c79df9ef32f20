"""The Python face of words and hands: texts, ledger, leverage, games."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xenotime.ensembles.places import find_world
from xenotime.policy.case import Case, load_case
from xenotime.world.world import World

if TYPE_CHECKING:
    from xenotime.bargain_study import Played
    from xenotime.ensembles.ensemble import Told
    from xenotime.report.text_read import TextRead
    from xenotime.talks.ledger.ledger import Ledger
    from xenotime.talks.leverage.answer import Answer

READ_ON = "april-2025"  # case that levers of a text are added to where none is named


def leverage(
    by: str | Sequence[str],
    on: str | Sequence[str],
    case: str | Case = "",
    *,
    world: World | str | Path | None = None,
    only: bool = False,
    starts: Sequence[int] = (0, 12, 24, 36),
    months: int = 12,
    drivers: bool = True,
    draws: int = 0,
    lifted: Sequence[int] = (),
    published: bool = False,
    keep: str | Path = "",
    workers: int = 1,
    tell: Told | None = None,
) -> Answer:
    """Losses of both sides by start and duration of a control, the half-life of the gap, the stronger hand.

    by, on : region that controls and region it is aimed at, or several of each
    case : controls of `by` and policies of this case; a full ban where it has none
    only : ban goods to `on` alone, who may buy from third parties
    starts : months from now the control begins;  months : longest duration
    drivers : surfaces without stocks, substitution and projects in turn, which takes longest of all
    draws : rolled over all that is not known; 0 is over what a stopped line is worth alone
    lifted : durations (months) whose end is rolled too;  published : published estimates beside ours
    keep : folder months and draws are kept in and taken up again;  workers : processes that share the work

    See :class:`xenotime.talks.leverage.answer.Answer`.  Raises InputProblems for sides or a case that do not
    fit the world, NoAnswer of a month without one.
    """
    from xenotime.leverage_study import TAIL, Question, plain_case
    from xenotime.leverage_study import leverage as work_out
    from xenotime.talks.leverage.surface import Asked

    held = case_of(case) if case else plain_case()
    question = Question(world_of(world or held.data.world), held, _names(by), _names(on), only)
    asked = Asked(question.by, question.on, held.data.start, tuple(sorted(set(starts))), months)
    return work_out(
        question,
        asked,
        keep=Path(keep) if keep else None,
        drivers=drivers,
        draws=draws,
        ends=tuple((asked.starts[0], length, TAIL) for length in lifted if asked.starts),
        published=published,
        tell=tell,
        processes=workers,
    )


def ledger(at: str = "", add: Sequence[str | Path] = ()) -> Ledger:
    """Promises held against what was delivered, how often words came true, as known on a day.

    at : day YYYY-MM-DD, month or year; all that is on record where left out
    add : CSV of rows of your own, or the JSON of what :func:`xenotime.read` found

    See :class:`xenotime.talks.ledger.ledger.Ledger`; what should be believed is in its
    :func:`xenotime.document`.  Raises InputProblems for a day that is none, and with every fault of
    the files.
    """
    from xenotime.facts.load import load_facts
    from xenotime.report.ledgered import newest
    from xenotime.talks.ledger.add import with_rows
    from xenotime.talks.ledger.days import read_at
    from xenotime.talks.ledger.ledger import ledger_at

    facts = with_rows(add) if add else load_facts()
    return ledger_at(read_at(at, "at") if at else newest(facts), facts)


def read(
    text: str | Path,
    confirm: Sequence[str | Path] = (),
    date: str = "",
    *,
    speaker: str = "",
    base: str | Case = "",
    run: bool = False,
    by: str | Sequence[str] = (),
    on: str | Sequence[str] = (),
    months: int = 12,
    settings: str | Path = "",
    world: World | str | Path | None = None,
    keep: str | Path = "",
    tell: Told | None = None,
) -> TextRead:
    """What a text commits to, claims and hopes for; its levers as a case, and what they would do.

    text : a text, HTML page or PDF in English
    confirm : texts of the other side its commitments are held against;  date : its day, YYYY-MM-DD
    speaker : whose words it is, where the text does not say
    base : case the levers it names are added to; the answer's `case` holds both
    run : roll the base with the levers and without, for `months`; on april-2025 where no base is given
    by, on : sides of that run, where they are not those of the base and of the text
    settings : CSV of your own lever settings;  keep : folder months are kept in and taken up again

    See :class:`xenotime.report.text_read.TextRead`.  Raises InputProblems for what cannot be read as text,
    and for sides, settings and levers that do not fit; NoAnswer of a month without one.
    """
    from xenotime.report.reading import read_texts
    from xenotime.report.text_read import TextRead

    found = read_texts(str(text), tuple(map(str, confirm)), date, speaker)
    if not (base or run or settings):
        return TextRead(found.reading, found.lexicon, found.document)
    from xenotime.reading_study import packaged, study_of
    from xenotime.talks.reader.package import read_settings

    start = case_of(base or READ_ON)
    picture = world_of(world or start.data.world)
    rows = read_settings(Path(settings)) if settings else None
    made = packaged(found, picture, start, _names(by), _names(on), rows)
    told = made.document
    if run:
        told = study_of(found, picture, made, months, keep=Path(keep) if keep else None, tell=tell)
    return TextRead(found.reading, found.lexicon, told, made.case)


def bargain(
    game: str | Path,
    *,
    world: World | str | Path | None = None,
    keep: str | Path = "",
    tell: Told | None = None,
) -> Played:
    """Equilibria and the weights at which they hold, points of agreement, deals that keep themselves.

    game : a shipped game (busan-2025, allied-pool ...) or a TOML file
    world : runs behind payoffs are made on, instead of the game's own
    keep : folder months of runs are kept in and taken up again

    See :class:`xenotime.bargain_study.Played`.  Raises InputProblems for a game that does not fit, NoAnswer
    of a month without one.
    """
    from xenotime.bargain_study import bargain as play

    picture = world_of(world) if world is not None else None
    return play(game, Path(keep) if keep else None, tell, picture)


def case_of(case: str | Case) -> Case:
    """A case, or the one of a name or file."""
    return case if isinstance(case, Case) else load_case(case)


def world_of(world: World | str | Path) -> World:
    """A world, or the one of a month or folder."""
    return world if isinstance(world, World) else find_world(world)


def _names(regions: str | Sequence[str]) -> tuple[str, ...]:
    """Regions, of which one may stand alone; blank is none."""
    return tuple(dict.fromkeys([regions] if isinstance(regions, str) and regions else regions))


__all__ = ["bargain", "case_of", "ledger", "leverage", "read", "world_of"]
