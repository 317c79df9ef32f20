"""From the filter to the look-ahead: a control's belief path as ``[[belief]]`` entries of a case (M19)."""

from __future__ import annotations

from collections.abc import Sequence

from xenotime.errors import one_problem
from xenotime.facts.words import LAW
from xenotime.policy.case import Case
from xenotime.talks.belief.filter import Belief

LEAST = 0.02  # chances below it are left out and the rest raised to one: a branch costs more than it says


def belief_text(beliefs: Sequence[Belief], sha256: str) -> str:
    """One ``[[belief]]`` with a step for each month at whose end something else is believed.

    A step of month t says which regime rules in practice from the month after t on, the end of the trunk.
    Regimes in practice are those of the look-ahead: open and suspended bind nothing, licensed is the control
    as its row writes it, closed a ban on the same lanes.
    """
    control = beliefs[0].channel.partition("@")[0]
    lines = [
        "[[belief]]",
        f'controls = ["{control}"]',
        'assumed = "Filtered from the dated record by xenotime ledger: hazards, talks, words weighed by how '
        f"often such words came true, and shipments as they became known; parameters {sha256[:12]} frozen on "
        f'the record to 2024; chances below {LEAST} left out (grade D)."',
        f'source = "{control}"',
    ]
    before: dict[str, float] = {}
    for belief in beliefs:
        chances = rounded(belief)
        if chances != before:
            held = ", ".join(f"{name} = {chance}" for name, chance in chances.items())
            lines += ["", "[[belief.path]]", f'month = "{belief.as_of}"', f"probability = {{ {held} }}"]
        before = chances
    return "\n".join(lines) + "\n"


def rounded(belief: Belief) -> dict[str, float]:
    """Chances worth a branch, to three decimals, summing to one."""
    kept = {name: belief.chances.get(name, 0.0) for name in LAW if belief.chances.get(name, 0.0) >= LEAST}
    total = sum(kept.values())
    shares = {name: round(share / total, 3) for name, share in kept.items()}
    largest = max(shares, key=lambda name: shares[name])
    shares[largest] = round(shares[largest] + 1 - sum(shares.values()), 3)
    return shares


def case_with_belief(base: Case, beliefs: Sequence[Belief], sha256: str) -> str:
    """Text of the base case with the belief path added.

    Raises InputProblems where the case lacks the control or already states a belief in it.
    """
    control = beliefs[0].channel.partition("@")[0]
    named = {entry.control for entry in base.data.control}
    if control not in named:
        raise one_problem(
            "unknown-name",
            base.name,
            repr(control),
            "a control of the case: " + (", ".join(sorted(named)) or "it has none"),
            "take another base with --base",
        )
    if any(control in entry.controls for entry in base.data.belief):
        raise one_problem(
            "duplicate-key",
            base.name,
            f"a belief in {control}",
            "a case without one",
            "take another base with --base, or remove its [[belief]]",
        )
    return base.text.rstrip("\n") + "\n\n" + belief_text(beliefs, sha256)
