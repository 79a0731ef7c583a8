"""When a finding was seen: when its page was fetched, its picture taken, its capture made; else while its site was."""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from xuncha.store.bundle import Bundle
from xuncha.store.errors import StoreError
from xuncha.store.facts import read_facts
from xuncha.store.pictures import is_picture
from xuncha.store.views import FindingView, RunInfo, SiteResult
from xuncha.store.warc import read_capture

_PAGES = "crawl.page"


class Times:
    """The times of one site's findings; what is stored of it is read when the first is asked for.

    Args:
        run: the run, and ``folder`` where it is stored; empty: nothing but the run's own times is known.
        site: the site.
    """

    def __init__(self, run: RunInfo, folder: str, site: SiteResult) -> None:
        self._run, self._folder, self._site = run, folder, site

    def of(self, found: FindingView | None) -> datetime | None:
        """When it was seen; None where only the span of the site's inspection is known."""
        if found is None:
            return None
        picture = self._pictures.get(found.picture)
        if picture and is_picture(found.evidence):
            return picture
        url = getattr(found.locator, "url", "") or getattr(found.locator, "page", "")
        return self._pages.get(url) or picture or self._captured(found.evidence)

    @cached_property
    def span(self) -> tuple[datetime, datetime]:
        """From when until when the site was looked at, as far as it is known; else those of the run."""
        run = self._run
        if not self._pages:
            return run.started, run.finished or run.started
        first, last = min(self._pages.values()), max(self._pages.values())
        last = max(last, first + timedelta(seconds=self._site.stats.seconds), *self._pictures.values())
        return first, min(last, run.finished) if run.finished else last

    @cached_property
    def _pages(self) -> dict[str, datetime]:
        """When each page was fetched, by the address that was asked for and by that which answered."""
        found: dict[str, datetime] = {}
        path = self._bundle.facts_file(self._site.number, self._site.id)
        if not self._folder or not path.is_file():
            return found
        with suppress(StoreError, ValueError, TypeError):  # a fact that is damaged tells no time
            for _, page in read_facts(path, (_PAGES,)):
                if at := page.get("fetched_at"):
                    moment = datetime.fromisoformat(at)
                    found.setdefault(page.get("url", ""), moment)
                    found.setdefault(page.get("final_url", ""), moment)
        return found

    @cached_property
    def _pictures(self) -> dict[str, datetime]:
        return {one.evidence: one.at for one in self._site.gallery.pictures}

    @property
    def _bundle(self) -> Bundle:
        return Bundle(Path(self._folder))

    def _captured(self, evidence: str) -> datetime | None:
        path = self._bundle.facts_file(self._site.number, self._site.id).with_name("captures.warc.gz")
        if self._folder and path.is_file():
            with suppress(StoreError, ValueError):
                return read_capture(path, evidence).fetched_at
        return None
