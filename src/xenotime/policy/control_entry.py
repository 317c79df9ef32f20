"""One control as a case file writes it; the keys are the columns of the controls table."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

DATES = ("announced", "in_force", "enforced", "until", "suspended", "resumes")


class RangeEntry(BaseModel):
    """Least and most that numbers of a control may be; nine in ten of what is thought likely lie between."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: tuple[float, float] | None = None
    approval_odds: tuple[float, float] | None = None
    service_rate: tuple[float, float] | None = None
    order_ceiling: tuple[float, float] | None = None
    leak_share: tuple[float, float] | None = None


class ControlEntry(BaseModel):
    """One control of a case; `materials` may hold patterns such as ``NdFeB_*``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    control: str
    instrument: str
    materials: tuple[str, ...] = ("*",)
    origin: str = ""
    destination: str = ""
    sector: str = ""
    holder: str = ""
    value: float | None = Field(default=None, allow_inf_nan=False)
    announced: str = ""
    in_force: str = ""
    enforced: str = ""
    until: str = ""
    suspended: str = ""
    resumes: str = ""
    processing_months: float = Field(default=0.0, ge=0)
    statutory_days: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    approval_odds: float | None = Field(default=None, ge=0, le=1)
    service_rate: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    validity_months: float | None = Field(default=None, ge=1, allow_inf_nan=False)
    order_ceiling: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    applications: float = Field(default=1.0, ge=1, allow_inf_nan=False)
    period_months: float | None = Field(default=None, ge=1, allow_inf_nan=False)
    threshold: float | None = Field(default=None, ge=0, le=1)
    leak_share: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    leak_cost: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    delay_months: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    friction_cost: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    stage: str = ""
    cost_factor: float | None = Field(default=None, ge=1, allow_inf_nan=False)
    recipient: str = ""
    range: RangeEntry | None = None
    assumed: str = ""
    source: str = ""
