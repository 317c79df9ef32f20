"""Pages of the workbench, one module each.

In goes a request of a visitor whom the guard let in; out comes a page, a file to take away, or a job begun.
"""

from fastapi import APIRouter

from xenotime.web.pages.bargain import router as bargain
from xenotime.web.pages.bundle import router as bundle
from xenotime.web.pages.choice import plants as choice_plants
from xenotime.web.pages.choice import router as choice
from xenotime.web.pages.company import router as company
from xenotime.web.pages.company_form import lists as company_lists
from xenotime.web.pages.compare import router as compare
from xenotime.web.pages.facts import router as facts
from xenotime.web.pages.jobs import router as jobs
from xenotime.web.pages.ledger import router as ledger
from xenotime.web.pages.leverage import router as leverage
from xenotime.web.pages.now import router as now
from xenotime.web.pages.packages import router as packages
from xenotime.web.pages.price import router as price
from xenotime.web.pages.results import router as results
from xenotime.web.pages.scenario import router as scenario
from xenotime.web.pages.static import router as static
from xenotime.web.pages.talks import router as talks
from xenotime.web.pages.trust import router as trust
from xenotime.web.pages.why import router as why


def make_ready() -> None:
    """Read what the first visit to a page would else wait for: facts, and plants of the shipped world."""
    company_lists()
    choice_plants()


ROUTERS: tuple[APIRouter, ...] = (static, scenario, jobs, results, bundle, price, compare, why)
ROUTERS += (company, choice, packages)
ROUTERS += (now, talks, ledger, leverage, bargain, trust, facts)
