"""The dated record as controls: every measure replayed on a shipped world, or said why nothing binds.

Dates and goods are the record's own; quotas are the lists'; numbers no text states are graded assumptions
(``replay_...`` in assumptions.csv).  What became of a measure is never used to set them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from xenotime.facts.load import Facts, load_facts
from xenotime.facts.politics import ControlRecord, QuotaList
from xenotime.months import month_number, month_of, month_text
from xenotime.policy.record_goods import MAINLY, goods_of
from xenotime.policy.replay_reasons import OF_INSTRUMENT, OF_RECORD, NoBinding
from xenotime.world.numbers import Numbers
from xenotime.world.tables import Control
from xenotime.world.trade_lanes import CLASS_OF_STAGE, read_tariffs
from xenotime.world.world import World

OLDER, NEWER = "2009-12", "2024-12"
DIVIDE = "2016-01"  # measures before it are replayed on the older world
NATURAL = 1e-9  # of a rate: smaller changes are rounding
HALF = 0.5  # lists of one quota divide the goods: a mixed product is on that of most of its elements
DEFENCE = "defence_aerospace"
# Stages a ban on technology is about; blank is all of them.
STAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"CHN-TECH-2023": ("sintered_magnet", "metal", "alloy"), "CHN-62-2025": ("",)}
)
# Where the text binds goods made abroad later than others, and where a purchase rule reaches what they hold.
FOREIGN_GOODS_FROM: Mapping[str, str] = MappingProxyType({"CHN-61-2025": "2025-12"})
REACHES_INPUTS = ("USA-DFARS7052",)
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Scene:
    """What a record is replayed with."""

    world: World
    facts: Facts
    numbers: Mapping[str, float]

    def plain(self, record: ControlRecord, **changed: object) -> Control:
        """A row with the record's name, dates and source."""
        ends = [month_of(date) for date in (record.ended, record.until) if date]
        given: dict[str, object] = {
            "control": record.control,
            "instrument": "ban",
            "announced": month_of(record.announced) if record.announced else "",
            "in_force": month_of(record.in_force or record.announced),
            "enforced": "",
            "until": ends[0] if ends else "",
            "suspended": month_of(record.suspended) if record.suspended else "",
            "resumes": month_of(record.resumes) if record.resumes else "",
            "source": record.source,
        }
        return Control(**{**given, **changed})  # type: ignore[arg-type]  # columns of the table by name

    def per_good(self, record: ControlRecord, row: Control) -> list[Control]:
        """`row` for each material the record means."""
        return [replace(row, material=name) for name in self.goods(record.materials)]

    def goods(self, words: str, mainly: float = MAINLY) -> tuple[str, ...]:
        """Materials that words parted by semicolons mean."""
        return goods_of(self.world, words.split(";"), self.numbers["replay_magnet_content"], mainly)

    def places(self, record: ControlRecord) -> list[str]:
        """Regions the record is aimed at; blank is everywhere."""
        known = {region.region for region in self.world.regions} | {EVERYBODY}
        return ["" if name == EVERYBODY else name for name in record.targets.split(";") if name in known]


Replay = Callable[[Scene, ControlRecord], list[Control]]


def world_of(record: ControlRecord) -> str:
    """Date of the shipped world a record belongs on."""
    return OLDER if month_of(record.in_force or record.announced) < DIVIDE else NEWER


def replay_record(
    record: ControlRecord, world: World, facts: Facts | None = None, leaks: bool = False
) -> tuple[Control, ...] | NoBinding:
    """Controls of one measure of the dated record on `world`, or why it imposes nothing on the market.

    facts : the dated record and its numbers; the shipped ones where none are given
    leaks : whether exporters find ways round it, by the assumed share and cost
    """
    given = facts if facts is not None else load_facts()
    if record.control in OF_RECORD:
        return NoBinding(OF_RECORD[record.control])
    if record.instrument in OF_INSTRUMENT:
        return NoBinding(OF_INSTRUMENT[record.instrument])
    scene = Scene(world, given, Numbers(given))
    rows = REPLAYS[record.instrument](scene, record)
    if not rows:
        return NoBinding(f"nothing it names is in this world: {record.materials}")
    moving = [row for row in rows if _moves(row, world)]
    if not moving:
        return NoBinding(f"nothing it names leaves or reaches its places in this world: {record.materials}")
    return tuple(_leaking(scene, row) if leaks else row for row in moving)


def _moves(row: Control, world: World) -> bool:
    """Whether the world has a lane, or for a ban on technology anything at all, that the row is about."""
    if row.instrument == "technology_ban":
        return True
    if row.instrument == "extraterritorial":
        return any(lane.material == row.material and lane.origin != row.origin for lane in world.lanes)
    users = {(use.material, use.region) for use in world.demand if use.sector == row.sector}
    return any(
        lane.material == row.material
        and row.origin in ("", lane.origin)
        and row.destination in ("", lane.destination)
        and (not row.sector or (lane.material, lane.destination) in users)
        for lane in world.lanes
    )


def _leaking(scene: Scene, row: Control) -> Control:
    if row.instrument not in ("ban", "licence", "quota"):
        return row
    share, cost = scene.numbers["replay_leak_share"], scene.numbers["replay_leak_cost"]
    return replace(row, leak_share=share, leak_cost=cost)


def _quota(scene: Scene, record: ControlRecord) -> list[Control]:
    """A list of an export quota: a balance over its months, divided among holders where it was."""
    rows = []
    for part in scene.facts.rows(QuotaList):
        if part.control != record.control:
            continue
        name = record.control if part.part == "all" else f"{record.control}-{part.part}"
        row = scene.plain(
            record,
            control=f"{name} {part.first}",
            instrument="quota",
            origin=record.issuer,
            holder=part.holder,
            announced=month_of(part.announced or part.first),
            in_force=part.first,
            until=month_text(month_number(part.first) + part.months - 1),
            value=part.quota / part.months,
            period_months=float(part.months),
        )
        rows += [replace(row, material=name) for name in scene.goods(part.goods, HALF)]
    return rows


def _export_tax(scene: Scene, record: ControlRecord) -> list[Control]:
    """What the duty of the record's year is above the one the world carries."""
    then = int(month_of(record.in_force)[:4])
    now = int(scene.world.date[:4])
    new, old = read_tariffs(scene.facts, then), read_tariffs(scene.facts, now)
    stages = {row.material: row.stage for row in scene.world.materials}
    rows = []
    for name in scene.goods(record.materials):
        goods = CLASS_OF_STAGE.get(stages[name], "")
        rise = new.leaving(name, goods, record.issuer, "") - old.leaving(name, goods, record.issuer, "")
        if rise > NATURAL:
            rows.append(
                scene.plain(record, instrument="export_tax", origin=record.issuer, material=name, value=rise)
            )
    return rows


def _licence(scene: Scene, record: ControlRecord) -> list[Control]:
    """A queue for each class of goods and destination, with the time the text gives."""
    days = record.processing_working_days
    row = scene.plain(
        record,
        instrument="licence",
        origin=record.issuer,
        enforced=month_of(record.enforced) if record.enforced else "",
        statutory_days=float(scene.numbers["replay_statutory_days"] if days is None else days),
        approval_odds=scene.numbers["replay_approval_odds"],
        service_rate=scene.numbers["replay_service_rate"],
        order_ceiling=scene.numbers["replay_order_ceiling"],
    )
    return scene.per_good(record, row)


def _general_licence(scene: Scene, record: ControlRecord) -> list[Control]:
    share = scene.numbers["replay_general_licence_share"]
    return scene.per_good(
        record, scene.plain(record, instrument="general_licence", origin=record.issuer, value=share)
    )


def _stop(scene: Scene, record: ControlRecord, sector: str = "") -> list[Control]:
    """Nothing goes from the issuer to the places aimed at, for all users or for one class."""
    return [
        row
        for place in scene.places(record)
        for row in scene.per_good(
            record, scene.plain(record, origin=record.issuer, destination=place, sector=sector)
        )
    ]


def _technology(scene: Scene, record: ControlRecord) -> list[Control]:
    lead, cost = scene.numbers["replay_technology_lead"], scene.numbers["replay_technology_cost"]
    row = scene.plain(record, instrument="technology_ban", origin=record.issuer, value=lead, cost_factor=cost)
    return [
        replace(row, control=f"{record.control} {stage}".strip(), stage=stage)
        for stage in STAGES.get(record.control, ("",))
    ]


def _extraterritorial(scene: Scene, record: ControlRecord) -> list[Control]:
    """Goods made elsewhere with 0.1 % of value from the issuer, from the day the text gives for them."""
    row = scene.plain(
        record,
        instrument="extraterritorial",
        origin=record.issuer,
        in_force=FOREIGN_GOODS_FROM.get(record.control, month_of(record.in_force)),
        threshold=scene.numbers["replay_extraterritorial_threshold"],
        value=scene.numbers["replay_extraterritorial_share"],
    )
    return scene.per_good(record, row)


def _customs(scene: Scene, record: ControlRecord) -> list[Control]:
    delay = scene.numbers["replay_customs_delay"]
    return scene.per_good(
        record, scene.plain(record, instrument="port", origin=record.issuer, delay_months=delay)
    )


def _tariff(scene: Scene, record: ControlRecord) -> list[Control]:
    """The duty of the record's year on goods from the places aimed at, above the one the world carries."""
    then = int(month_of(record.in_force)[:4])
    now = int(scene.world.date[:4])
    new, old = read_tariffs(scene.facts, then), read_tariffs(scene.facts, now)
    stages = {row.material: row.stage for row in scene.world.materials}
    rows = []
    for name in scene.goods(record.materials):
        goods = CLASS_OF_STAGE.get(stages[name], "")
        for place in scene.places(record):
            rise = new.duty(goods, place, record.issuer) - old.duty(goods, place, record.issuer)
            if rise > NATURAL:
                rows.append(
                    scene.plain(
                        record,
                        instrument="tariff",
                        origin=place,
                        destination=record.issuer,
                        material=name,
                        value=rise,
                    )
                )
    return rows


def _procurement(scene: Scene, record: ControlRecord) -> list[Control]:
    """The issuer's defence users may not have goods of the places named; wider rules reach inputs."""
    deep = scene.numbers["replay_procurement_threshold"] if record.control in REACHES_INPUTS else None
    return [
        row
        for place in scene.places(record)
        for row in scene.per_good(
            record,
            scene.plain(record, origin=place, destination=record.issuer, sector=DEFENCE, threshold=deep),
        )
    ]


REPLAYS: Mapping[str, Replay] = MappingProxyType(
    {
        "export_quota": _quota,
        "export_tax": _export_tax,
        "licence": _licence,
        "general_licence": _general_licence,
        "ban": _stop,
        "supply_stop": _stop,
        "technology_ban": _technology,
        "extraterritorial": _extraterritorial,
        "end_user_ban": partial(_stop, sector=DEFENCE),
        "entity_ban": partial(_stop, sector=DEFENCE),
        "customs_practice": _customs,
        "tariff": _tariff,
        "procurement_ban": _procurement,
    }
)
