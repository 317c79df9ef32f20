"""Pages of the workbench, one module each: what is asked, and how jobs are begun."""

from xenotime.web.pages.jobs import router as jobs
from xenotime.web.pages.results import router as results
from xenotime.web.pages.scenario import router as scenario
from xenotime.web.pages.static import router as static

ROUTERS = (static, scenario, jobs, results)
