"""Games by name or file, with every fault told at once: keys, names, combinations, missing numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from xenotime.displays import Displayed
from xenotime.errors import InputProblems, Problem, one_problem
from xenotime.policy.toml_file import read_toml
from xenotime.talks.bargaining.game_file import CellEntry, GameFile, TransferEntry
from xenotime.world.problems import suggestion, unknown_name

ANY = "*"


@dataclass(frozen=True, slots=True)
class Game(Displayed):
    """A game as read; `text` is the file, for the fingerprint."""

    name: str
    data: GameFile
    text: str

    def players(self) -> tuple[str, ...]:
        """Names of the players, in the order of the file."""
        return tuple(entry.player for entry in self.data.player)

    def moves_of(self, player: str) -> tuple[str, ...]:
        """Names of a player's moves."""
        return tuple(entry.move for entry in self.data.move if entry.player == player)


def game_names() -> tuple[str, ...]:
    """Names of the shipped games, sorted."""
    folder = resources.files("xenotime") / "games"
    return tuple(
        sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))
    )


def load_game(name_or_path: str | Path, levers: Sequence[str] = ()) -> Game:
    """A shipped game by name, or a TOML file of the user's; `levers` are the linked levers there are.

    Raises InputProblems for an unknown name, a file that is not TOML, an unknown key, a name or number that
    does not fit.
    """
    name = str(name_or_path)
    if name in game_names():
        text = (resources.files("xenotime") / "games" / f"{name}.toml").read_text("utf-8")
        return _parse(name, f"{name}.toml", text, levers)
    file = Path(name_or_path)
    file = file / "game.toml" if file.is_dir() else file
    if not file.is_file():
        raise one_problem(
            "unknown-game",
            name,
            "no shipped game and no file of that name",
            "one of " + ", ".join(game_names()) + ", or a TOML file",
            suggestion(name, game_names(), "see docs/bargaining.md"),
        )
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise one_problem(
            "wrong-encoding",
            file.name,
            f"bytes that are not UTF-8 at {error.start}",
            "a UTF-8 text file",
            "save it so",
        ) from error
    return _parse(file.parent.name if file.name == "game.toml" else file.stem, file.name, text, levers)


def _parse(name: str, file: str, text: str, levers: Sequence[str]) -> Game:
    data = read_toml(text, file, GameFile)
    game = Game(name, data, text)
    problems = [*_name_faults(game, file, levers), *_cell_faults(game, file), *_kind_faults(game, file)]
    if problems:
        raise InputProblems(problems)
    return game


def _name_faults(game: Game, file: str, levers: Sequence[str]) -> Iterator[Problem]:
    data, players = game.data, game.players()
    named = [("move.player", entry.player) for entry in data.move]
    named += [("order", name) for name in data.order]
    named += [("node.player", entry.player) for entry in data.node if entry.player]
    named += [("offers.players", name) for name in (data.offers.players if data.offers else ())]
    named += [("coalition.members", name) for entry in data.coalition for name in entry.members]
    transfers = [*(data.deal.transfer if data.deal else ()), *(t for c in data.clause for t in c.transfer)]
    named += [("transfer", name) for entry in transfers for name in (entry.giver, entry.taker)]
    for place, name in named:
        if name not in players:
            yield unknown_name(file, place, name, players)
    pulled = [name for entry in data.move for name in entry.levers]
    pulled += [entry.lever for entry in transfers if entry.lever]
    for name in pulled:
        if name not in levers:
            yield unknown_name(file, "levers", name, levers)
    for entry in transfers:
        yield from _transfer_fault(entry, file)


def _transfer_fault(entry: TransferEntry, file: str) -> Iterator[Problem]:
    if (entry.amount is None) == (not entry.lever):
        yield Problem(
            "missing-value",
            file,
            None,
            f"transfer from {entry.giver} to {entry.taker}",
            "neither or both of amount and lever",
            "one of the two",
            "state an amount a month, or the linked lever it undoes",
        )


def _cell_faults(game: Game, file: str) -> Iterator[Problem]:
    data, players = game.data, game.players()
    cells: list[tuple[str, CellEntry]] = [("payoff", entry) for entry in data.payoff]
    cells += [("win", entry) for entry in data.win]
    for what, entry in cells:
        yield from _profile_faults(game, file, what, entry.moves, True)
        if len(entry.values) != len(players):
            yield _count_fault(file, f"{what}.values", len(entry.values), players)
    wanted = [("disagreement", data.disagreement)] if data.disagreement else []
    if data.deal is not None:
        wanted += [("deal.moves", data.deal.moves), ("deal.otherwise", data.deal.otherwise)]
    wanted += [(f"clause {entry.clause}", entry.moves) for entry in data.clause if entry.moves]
    for what, moves in wanted:
        yield from _profile_faults(game, file, what, moves, False)
    for club in data.coalition:
        for values, what in ((club.values, "values"), (club.wins, "wins")):
            if len(values) not in (0, len(players)) or (what == "values" and not values):
                yield _count_fault(file, f"coalition.{what}", len(values), players)


def _profile_faults(
    game: Game, file: str, what: str, moves: tuple[str, ...], loose: bool
) -> Iterator[Problem]:
    players = game.players()
    if len(moves) != len(players):
        yield _count_fault(file, f"{what}.moves", len(moves), players)
        return
    for player, move in zip(players, moves, strict=True):
        known = game.moves_of(player)
        if move not in known and not (loose and move == ANY):
            yield unknown_name(file, f"{what}.moves ({player})", move, known)


def _count_fault(file: str, place: str, found: int, players: tuple[str, ...]) -> Problem:
    return Problem(
        "wrong-count",
        file,
        None,
        place,
        f"{found} entries",
        f"one for each of {', '.join(players)}",
        "give them in the order of the players",
    )


def _kind_faults(game: Game, file: str) -> Iterator[Problem]:
    data, players = game.data, game.players()

    def lacks(place: str, needed: str) -> Problem:
        return Problem("missing-key", file, None, place, "nothing", needed, f"add {place}, or change kind")

    if len(set(players)) != len(players) or len(players) < 2:
        yield Problem(
            "duplicate-key",
            file,
            None,
            "player",
            ", ".join(players) or "nobody",
            "two players or more",
            "name them apart",
        )
    if data.kind in ("simultaneous", "sequential"):
        for player in players:
            if not game.moves_of(player):
                yield lacks(f"move of {player}", "a move of every player")
    if data.kind == "sequential" and sorted(data.order) != sorted(players):
        yield lacks("order", "every player once")
    if data.kind == "tree":
        yield from _tree_faults(game, file)
    if data.offers is not None and data.offers.pie is None and not data.disagreement:
        yield lacks("offers.pie", "a pie to share, or a disagreement over which there is one")
    if data.kind == "coalition":
        if not data.club and not data.coalition:
            yield lacks("coalition", "payoffs of coalitions, or a club")
        given = {frozenset(entry.members) for entry in data.coalition}
        if data.coalition:
            missing = [m for m in _subsets(players) if m not in given and len(m) != 1]
            for members in missing:
                yield lacks(f"coalition {{{', '.join(sorted(members))}}}", "payoffs of every coalition")


def _tree_faults(game: Game, file: str) -> Iterator[Problem]:
    nodes = {entry.node: entry for entry in game.data.node}
    if game.data.root not in nodes:
        yield unknown_name(file, "root", game.data.root, tuple(nodes))
    for entry in game.data.node:
        for move, to in entry.choices.items():
            if to not in nodes:
                yield unknown_name(file, f"node {entry.node}.{move}", to, tuple(nodes))
        if bool(entry.choices) != bool(entry.player) or (
            not entry.choices and len(entry.values) != len(game.players())
        ):
            yield _count_fault(file, f"node {entry.node}", len(entry.values), game.players())
    if game.data.root in nodes and _loops(
        nodes={n: tuple(e.choices.values()) for n, e in nodes.items()}, at=game.data.root
    ):
        yield Problem(
            "endless-tree",
            file,
            None,
            "node",
            "a node that leads back to itself",
            "a tree",
            "end every branch",
        )


def _loops(nodes: dict[str, tuple[str, ...]], at: str) -> bool:
    """Whether a walk from `at` can come back to where it was."""
    stack: list[tuple[str, frozenset[str]]] = [(at, frozenset())]
    while stack:
        name, before = stack.pop()
        if name in before:
            return True
        stack += [(to, before | {name}) for to in nodes.get(name, ())]
    return False


def _subsets(players: tuple[str, ...]) -> Iterator[frozenset[str]]:
    for code in range(2 ** len(players)):
        yield frozenset(name for place, name in enumerate(players) if code >> place & 1)
