"""A game as its TOML file writes it; read strictly, every fault of the file at once."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

_STRICT = ConfigDict(extra="forbid", frozen=True)


class PlayerEntry(BaseModel):
    """One player: its regions of the world, what a visible win is worth to it, and how patient it is."""

    model_config = _STRICT

    player: str
    regions: tuple[str, ...] = ()
    weight: float = Field(default=0.0, allow_inf_nan=False)
    weight_low: float | None = Field(default=None, allow_inf_nan=False)
    weight_high: float | None = Field(default=None, allow_inf_nan=False)
    discount: float = Field(default=1.0, gt=0, le=1)  # factor a month
    decay: float | None = Field(default=None, gt=0, le=1)  # factor a month; from the runs where left out
    outside: float | None = Field(default=None, allow_inf_nan=False)  # a month; else by `disagreement`
    assumed: str = ""
    source: str = ""


class ControlMove(BaseModel):
    """A control whose losses a run works out: a ban by some regions, or the controls of a case."""

    model_config = _STRICT

    by: tuple[str, ...]
    on: tuple[str, ...]
    case: str = ""
    only: bool = False


class MoveEntry(BaseModel):
    """One move of one player: linked levers it pulls, a control it puts on."""

    model_config = _STRICT

    player: str
    move: str
    levers: tuple[str, ...] = ()
    control: ControlMove | None = None
    share: float = Field(default=1.0, ge=0, le=1)  # of the levers
    assumed: str = ""
    source: str = ""


class CellEntry(BaseModel):
    """Payoffs or wins of a combination of moves; ``*`` stands for any move, rows that match add up."""

    model_config = _STRICT

    moves: tuple[str, ...]
    values: tuple[float, ...] = ()
    assumed: str = ""
    source: str = ""


class NodeEntry(BaseModel):
    """One node of a tree: who moves and where each move leads, or what everybody gets."""

    model_config = _STRICT

    node: str
    player: str = ""
    choices: dict[str, str] = Field(default_factory=dict)
    values: tuple[float, ...] = ()
    wins: tuple[float, ...] = ()


class TransferEntry(BaseModel):
    """A promise to pay or buy: of an amount a month, or of what a linked lever costs while it lasts."""

    model_config = _STRICT

    giver: str
    taker: str
    amount: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    lever: str = ""
    cost: float = Field(default=1.0, ge=0, allow_inf_nan=False)
    kept: float = Field(default=1.0, ge=0, le=1)
    assumed: str = ""
    source: str = ""


class DealEntry(BaseModel):
    """A proposed deal: moves while it is kept, moves without it, and how reneging is noticed and answered."""

    model_config = _STRICT

    moves: tuple[str, ...]
    otherwise: tuple[str, ...]
    horizon: int = Field(default=24, ge=1, le=600)
    months: int | None = Field(default=None, ge=1)
    lag: int = Field(default=1, ge=0)
    snap_back: int = Field(default=1, ge=0)
    transfer: tuple[TransferEntry, ...] = ()


class ClauseEntry(BaseModel):
    """An edit of the deal whose worth is asked for."""

    model_config = _STRICT

    clause: str
    what: str = ""
    months: int | None = Field(default=None, ge=1)
    lag: int | None = Field(default=None, ge=0)
    snap_back: int | None = Field(default=None, ge=0)
    moves: tuple[str, ...] = ()
    transfer: tuple[TransferEntry, ...] = ()
    assumed: str = ""
    source: str = ""


class OffersEntry(BaseModel):
    """Alternating offers over a pie; outside options are parts of it and fall by their decay every round.

    Without a pie it is the most both together can gain a month over disagreement.
    """

    model_config = _STRICT

    pie: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    players: tuple[str, str]
    discounts: tuple[float, float]
    outside: tuple[float, float] = (0.0, 0.0)
    decay: tuple[float, float] = (1.0, 1.0)
    assumed: str = ""
    source: str = ""


class CoalitionEntry(BaseModel):
    """Payoffs of all players when these are members; or, with `club`, worked out by runs."""

    model_config = _STRICT

    members: tuple[str, ...]
    values: tuple[float, ...] = ()
    wins: tuple[float, ...] = ()


class ClubEntry(BaseModel):
    """A lever only members share, against a control: what they pay for it they pay in equal parts."""

    model_config = _STRICT

    case: str
    levers: tuple[str, ...]
    control: ControlMove
    together: bool = False  # what members hold is as much as they would hold alone, added up


class GameFile(BaseModel):
    """Keys of a game file."""

    model_config = _STRICT

    title: str
    question: str
    kind: Literal["simultaneous", "sequential", "tree", "coalition"] = "simultaneous"
    unit: str = "USD/month"
    world: str = "2024-12"
    start: str = "2025-01"
    months: int = Field(default=12, ge=1, le=120)
    citation: tuple[str, ...] = ()
    player: tuple[PlayerEntry, ...]
    move: tuple[MoveEntry, ...] = ()
    payoff: tuple[CellEntry, ...] = ()
    win: tuple[CellEntry, ...] = ()
    order: tuple[str, ...] = ()
    node: tuple[NodeEntry, ...] = ()
    root: str = ""
    disagreement: tuple[str, ...] = ()
    deal: DealEntry | None = None
    clause: tuple[ClauseEntry, ...] = ()
    offers: OffersEntry | None = None
    coalition: tuple[CoalitionEntry, ...] = ()
    club: ClubEntry | None = None
