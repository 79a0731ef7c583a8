"""What one rendering may cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """For one page.

    Args:
        seconds: on the clock, those left out in which a request of the page is under way with us: our own pace is not
            the page's fault.
        longest: seconds on the clock, all in.
        after_load: seconds (as ``seconds``) that a page gets once it has loaded, however busy it still is.
        quiet: seconds without any request after which a loaded page is at rest.
        challenge: seconds (as ``seconds``) for a challenge page to let us through.
        cpu: seconds of processor time of all of Chromium's processes.
        memory: bytes of all of Chromium's processes together, looked at twice a second.
        process: bytes that one process may ever map to write to; below 2 GB Chromium's own reservations don't fit.
        requests: that are answered, redirects included.
        refusals: refused requests after which the page is no longer listened to.
        documents: main documents one after the other, such as by reloads.
        bytes: of all bodies, as they come from the wire decoded.
        nodes: elements of the page; a larger one is not read out.
        characters: of the page's HTML; the rest is cut off.
        height: CSS pixels of a picture.
        links: whose layout is read out.
        look: CSS pixels of the page's upper part, of which shots are taken.
        apart: seconds from one shot to the next.
        screens: of the page that are scrolled through once, for what loads only when it comes into sight.
        late: seconds after it loaded that a page with an empty list gets, for what a clock of its own fills.
        boxes: pictures, and floating elements, whose places are read out; ``looked`` elements are looked at.
    """

    seconds: float = 20.0
    longest: float = 90.0
    after_load: float = 5.0
    quiet: float = 1.0
    challenge: float = 12.0
    cpu: float = 30.0
    memory: int = 1_500_000_000
    process: int = 4 << 30
    requests: int = 150
    refusals: int = 1_000
    documents: int = 8
    bytes: int = 20_000_000
    nodes: int = 200_000
    characters: int = 4_000_000
    height: int = 6_000
    links: int = 2_000
    look: int = 3_200
    apart: float = 3.3
    screens: int = 8
    late: float = 3.5
    boxes: int = 60
    looked: int = 20_000


NORMAL = Limits()
