"""What a browser would have shown, without one."""

from collections.abc import Mapping
from datetime import UTC, datetime

from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.model.rendered import BeforePicture, Layout, Refused, Rendered, Retouch, Sight, Traffic, Want, Writing

MOMENT = datetime(2026, 11, 23, 1, tzinfo=UTC)


def rendering(
    url: str,
    html: str,
    *,
    final_url: str = "",
    status: int = 200,
    settled: bool = True,
    documents: tuple[str, ...] = (),
    refused: tuple[Refused, ...] = (),
    text: str = "",
    cut: bool = False,
    layout: Layout | None = None,
    sight: Sight | None = None,
) -> Rendered:
    """``url`` as a browser shows it; by default the page stands where it was asked for, at rest, nothing refused.

    What can be read on it is its ``text``, if nothing else is said.
    """
    counts = {one.reason: sum(each.reason is one.reason for each in refused) for one in refused}
    return Rendered(
        url=url,
        final_url=final_url or url,
        status=status,
        headers=(("content-type", "text/html"),),
        html=html,
        text=text,
        cut=cut,
        settled=settled,
        failures=(),
        dialogs=0,
        traffic=Traffic(1, 0, len(html), documents or (url,), refused, tuple(sorted(counts.items()))),
        seconds=3.0,
        cpu=0.5,
        memory=1,
        browser="Chrome/1",
        agent="Mozilla/5.0",
        sandboxed=True,
        at=MOMENT,
        layout=layout,
        sight=sight or Sight((Writing(final_url or url, text),)),
    )


class FakeRenderer:
    """Implements ``xuncha.model.rendered.Renderer``; ``asked`` lists what was rendered, in order.

    Args:
        planned: by URL. What nobody planned has no browser.
    """

    def __init__(self, planned: Mapping[str, Rendered | Gap] | None = None) -> None:
        self._planned = dict(planned or {})
        self.asked: list[tuple[str, Want]] = []

    async def render(
        self,
        url: str,
        want: Want = Want(),  # noqa: B008 - immutable
        before_picture: BeforePicture = lambda _: Retouch(),
    ) -> Rendered | Gap:
        """What was planned; ``before_picture`` is asked where a picture is wanted."""
        self.asked.append((url, want))
        found = self._planned.get(url, Gap(Reason.NO_BROWSER))
        if want.picture and isinstance(found, Rendered):
            before_picture(found)
        return found
