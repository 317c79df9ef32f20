"""The page of problems: every code, what it means, what to do, a message, and who raises it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from maker.raised import ROOT, Site, sites
from maker.text import NOTICE, code, folded, joined, plain, table
from xenotime.errors import InputProblems, Problem
from xenotime.report.trouble import Trouble, troubles
from xenotime.world.checks import read_checked

BAD = ROOT / "tests" / "data" / "bad"  # one folder for each fault a folder of tables can have
MOST_SITES = 3
INTRODUCTION = """A message has four parts: **where** (file, row as an editor counts it, column or key),
**found**, **expected**, and **what to do**. All problems of an input come at once; a program that was given
a wrong input has written nothing. The last lines under the table count the problems by their code and name
the command that explains them:

```text
3 problems: 2 unknown-name, 1 bad-number
more: xenotime trouble unknown-name bad-number
```

That command prints what this page says, without a network.

| exit code | who must act | where to look |
|---|---|---|
| 0 | nobody | |
| 1 | nobody can: the question has no valid answer | [no valid answer](#no-valid-answer) |
| 2 | you: the input is wrong | the codes below |
| 3 | we: a result failed our own verification | [a fault of ours](#a-fault-of-ours) |"""
NO_ANSWER = """The question is well put and has no answer, and why is said. These are all the places that
say so; `…` stands for what is filled in."""
OURS = """Every result is verified before it is shown: residuals, the gap, the balance of each element, the
price identities. One that fails is an error and never a warning. Keep the command and the lines it printed
and report them; meanwhile try `--engine piqp` or `--engine highs`, and `xenotime doctor`."""


def trouble_page() -> str:
    """Every kind of problem under its code, which is also its anchor."""
    known = troubles()
    rows = [(f"[{name}](#{name})", trouble.means) for name, trouble in known.items()]
    parts = [NOTICE, "# Trouble", INTRODUCTION, "## Codes", table(("code", "what it means"), rows)]
    for trouble in known.values():
        parts += _part(trouble)
    parts += ["## No valid answer", NO_ANSWER, _no_answers(), "## A fault of ours", OURS]
    return joined(parts)


def _part(trouble: Trouble) -> Iterator[str]:
    yield f"### {trouble.code}"
    yield f"**{trouble.means[0].upper()}{trouble.means[1:]}.**"
    yield f"How it comes about: {trouble.happens}"
    yield f"What to do: {trouble.remedy}"
    example = _example(trouble.code)
    if example is not None:
        yield code("text", _short(example))
    raised = [site for site in sites() if site.code == trouble.code]
    if raised:
        yield folded("who says so", _who(raised))


def _example(name: str) -> Problem | None:
    """The first message a folder with that one fault gives."""
    if not (BAD / name).is_dir():
        return None
    try:
        read_checked(BAD / name)
    except InputProblems as fault:
        return fault.problems[0]
    raise ValueError(f"{BAD / name} holds no problem")


def _short(problem: Problem) -> str:
    """A message as it is said, its place without the folder of the tests."""
    return str(problem).replace(problem.file, Path(problem.file).name, 1)


def _who(raised: list[Site]) -> str:
    by_path: dict[str, list[str]] = {}
    for site in raised:
        texts = [plain(part) for part in site.parts[-2:] if part]
        by_path.setdefault(site.path, []).append(f"expected {'; '.join(texts)}" if len(texts) == 2 else "")
    lines = []
    for path, said in by_path.items():
        told = list(dict.fromkeys(text for text in said if text))[:MOST_SITES]
        lines.append(
            f"- [{path.removeprefix('src/xenotime/')}](../{path})" + (f": {' / '.join(told)}" if told else "")
        )
    return "\n".join(lines)


def _no_answers() -> str:
    rows = []
    for site in sites():
        if site.kind == "NoAnswer" and len(site.parts) == 4:
            where = f"[{site.path.removeprefix('src/xenotime/')}](../{site.path})"
            rows.append((where, *(plain(part) or "…" for part in site.parts[1:])))
    return table(("said by", "found", "expected", "what to do"), rows)
