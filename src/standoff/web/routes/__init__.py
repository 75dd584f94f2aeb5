"""The addresses, one file a family; `ROUTERS` is all of them."""

from standoff.web.routes import (
    analyses,
    compare,
    correcting,
    exports,
    home,
    issues,
    lists,
    login,
    people,
    records,
    reports,
    review,
    reviewed_reports,
    search,
)

ROUTERS = (
    home.router, issues.router, people.router, lists.router, records.router, reports.router, search.router,
    compare.router, analyses.router, review.router, correcting.router, reviewed_reports.router, exports.router,
    login.router,
)  # fmt: skip
