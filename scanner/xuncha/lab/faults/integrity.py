"""What somebody else has made of the pages."""

from xuncha.lab.faults.model import fails

INTEGRITY = (
    fails("home-defaced", "integrity.defacement", "首页被篡改并留有字样", "The home page was defaced and signed"),
)
