"""Pages of the workbench, one module each: what is asked, and how jobs are begun."""

from xenotime.web.pages.bundle import router as bundle
from xenotime.web.pages.choice import plants as choice_plants
from xenotime.web.pages.choice import router as choice
from xenotime.web.pages.company import router as company
from xenotime.web.pages.company_form import lists as company_lists
from xenotime.web.pages.compare import router as compare
from xenotime.web.pages.jobs import router as jobs
from xenotime.web.pages.price import router as price
from xenotime.web.pages.results import router as results
from xenotime.web.pages.scenario import router as scenario
from xenotime.web.pages.static import router as static
from xenotime.web.pages.why import router as why


def make_ready() -> None:
    """Read what the first visit to a page would else wait for: facts, and plants of the shipped world."""
    company_lists()
    choice_plants()


ROUTERS = (static, scenario, jobs, results, bundle, company, choice, price, compare, why)
