"""The table of controls: one row per measure, material, place and end-user class."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.world.column import Provenance, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Control(Provenance):
    control: str = column("key together with material, origin, destination, sector and holder")
    instrument: str = column(
        "what kind of measure",
        choices=(
            "ban",
            "quota",
            "licence",
            "general_licence",
            "export_tax",
            "tariff",
            "production_quota",
            "extraterritorial",
            "technology_ban",
            "port",
        ),
    )
    material: str = column("what it binds; blank is every material", default="")
    origin: str = column("from where; blank is anywhere", default="")
    destination: str = column("to where; blank is everywhere else", default="")
    sector: str = column("end-user class; blank is all", default="")
    holder: str = column("quota: whose share of it this is; blank is everybody's", default="")
    value: float | None = column(
        "quota, port: units per month over all lanes it binds; licences: share of normal trade allowed; "
        "extraterritorial: share of goods above the threshold licensed; technology ban: factor on lead "
        "times; taxes: rate",
        default=None,
        minimum=0,
    )
    announced: str = column("month announced", default="", period=True)
    in_force: str = column("month in force; blank is from the start", default="", period=True)
    enforced: str = column("month first enforced", default="", period=True)
    until: str = column("last month; blank is open-ended", default="", period=True)
    suspended: str = column("first month of a suspension, known from then on", default="", period=True)
    resumes: str = column("month in which a suspension has run out; blank is never", default="", period=True)
    processing_months: float = column("licence: months from application to decision", default=0.0, minimum=0)
    statutory_days: float | None = column(
        "licence: working days the law gives for a decision, in place of processing_months",
        default=None,
        unit="working day",
        minimum=0,
    )
    approval_odds: float | None = column(
        "licence: share of applications approved, in place of value: goods wait in a queue",
        default=None,
        minimum=0,
        maximum=1,
    )
    service_rate: float | None = column(
        "licence queue: what can be decided in a month, as a share of its normal trade; blank is any amount",
        default=None,
        minimum=0,
    )
    validity_months: float | None = column(
        "licence queue: months a licence may be used; blank is for ever",
        default=None,
        unit="month",
        minimum=1,
    )
    order_ceiling: float | None = column(
        "licence queue: most applied for in a month, as a multiple of normal trade; blank is any amount",
        default=None,
        minimum=0,
    )
    applications: float = column(
        "licence queue: applications that a lane's normal trade of a month comes in; how lumpy draws are",
        default=1.0,
        minimum=1,
    )
    period_months: float | None = column(
        "quota: months over which what is not used may be used later; blank is month by month",
        default=None,
        unit="month",
        minimum=1,
    )
    threshold: float | None = column(
        "share of value from the origin above which goods made elsewhere are bound",
        default=None,
        minimum=0,
        maximum=1,
    )
    leak_share: float = column("most that goes round it, as a share of normal trade", default=0.0, minimum=0)
    leak_cost: float = column(
        "what going round it costs, as a share of the base price at the origin", default=0.0, minimum=0
    )
    delay_months: float = column(
        "port: months more on the way round; the usual way is closed", default=0.0, unit="month", minimum=0
    )
    friction_cost: float = column("port: cost on top", default=0.0, unit="USD/unit", minimum=0)
    stage: str = column("technology ban: stage of the chain; blank is every stage", default="")
    cost_factor: float | None = column("technology ban: factor on capital cost", default=None, minimum=1)
    recipient: str = column("who receives the rent or tax; blank is the origin's region", default="")
