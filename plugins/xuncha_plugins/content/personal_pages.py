"""Gathers the pages that show numbers of persons."""

from pydantic import Field

from xuncha.api import Clock, Page, Params, page_probe
from xuncha_plugins.content.personal_facts import PageExposing, PersonalPages
from xuncha_plugins.content.personal_numbers import exposed

MOST_PAGES = 500


class PersonalPageParams(Params):
    """From ``mobiles`` different mobile numbers on a list of persons counts, also without identity numbers."""

    mobiles: int = Field(default=5, ge=2)


@page_probe(provides=PersonalPages, params=PersonalPageParams, cost_us=32)
class PersonalPagesSeen:
    """Looks at the visible text of each page; nearly all are dismissed with one regular expression."""

    def __init__(self, params: PersonalPageParams, clock: Clock) -> None:
        self._mobiles = params.mobiles
        self._today = clock().date()
        self._found: list[PageExposing] = []
        self._complete = True

    def visit(self, page: Page) -> None:
        found = exposed(page.text, self._today, self._mobiles)
        if not found:
            return
        if len(self._found) < MOST_PAGES:
            self._found.append(PageExposing(page.url, page.depth, found))
        else:
            self._complete = False

    def conclude(self) -> PersonalPages:
        return PersonalPages(tuple(self._found), self._complete)
