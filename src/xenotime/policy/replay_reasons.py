"""Why a measure of the dated record imposes nothing on the market by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class NoBinding:
    """A measure that binds no goods, plants or projects, and why, in a sentence for people."""

    reason: str


OF_INSTRUMENT: Mapping[str, str] = MappingProxyType(
    {
        "suspension": "it suspends measures that carry the dates of their suspension themselves",
        "abolition": "it ends measures that carry their last date themselves",
        "dispute_ruling": "a ruling binds no goods; what was done about it are measures of their own",
        "regulation": "it orders who may mine and separate at home; amounts come with quotas set under it",
        "licence_term": "it shortens the use of another measure's licences: set validity_months there",
        "negotiation": "a finding that opens talks; tariffs, quotas and least prices were reserved, not set",
        "targets": "targets for the year 2030 bind no trade before they are turned into measures",
        "plan": "a plan announces money and proposals; what comes of it are measures of their own",
        "export_control": "it is about firms and goods other than rare earths; it is a trigger of others",
    }
)
OF_RECORD: Mapping[str, str] = MappingProxyType(
    {
        "CHN-US10-2026": "it names ten firms; the two of this chain make what is barred and use none of it",
        "USA-IEEPA-END": "it puts a duty on nearly all goods in place of others the worlds do not carry; "
        "whether rare earths are among the exceptions, as before, is not in the record",
        "MMR-PANGWA": "it was in force through all of 2024, so the flows of that year are those under it",
    }
)
