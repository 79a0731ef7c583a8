"""Which Chromium there is, and how it is told to keep still."""

import shutil
from dataclasses import dataclass
from pathlib import Path

_PLAIN = ("/usr/lib/chromium/chromium", "/usr/lib64/chromium-browser/chromium-browser")
"""The program itself, where a distribution's ``chromium`` is a script that adds switches of its own."""

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

NOWHERE = "127.0.0.1:9"
"""The proxy of all requests that are not intercepted. Nobody listens there, least of all within an empty network."""

_FEATURES_OFF = (
    "AutofillServerCommunication", "CertificateTransparencyComponentUpdater", "DialMediaRouteProvider",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "IsolateOrigins", "LocalNetworkAccessChecks", "MediaRouter",
    "OptimizationHints", "PaintHolding", "PreconnectToSearch", "Prerender2", "SpeculationRulesPrefetchFuture",
    "Translate", "WebRtcHideLocalIpsWithMdns", "site-per-process",
)  # fmt: skip

_FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-startup-window",
    "--no-first-run",
    "--no-default-browser-check",
    # It asks nobody anything of its own accord.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-field-trial-config",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-pings",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    # What pages ask for is answered by us or not at all.
    f"--proxy-server={NOWHERE}",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--block-new-web-contents",
    "--deny-permission-prompts",
    "--disable-notifications",
    # One process for the frames of a page: they are all strangers, and the sandbox around them is the same.
    "--disable-site-isolation-trials",
    "--js-flags=--max-old-space-size=512",
    f"--disable-features={','.join(_FEATURES_OFF)}",
    # The same picture on every machine.
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    "--force-device-scale-factor=1",
    "--hide-scrollbars",
    "--mute-audio",
    "--lang=zh-CN",
    "--password-store=basic",
    "--use-mock-keychain",
)
_NO_SANDBOX = "--no-sandbox"


@dataclass(frozen=True, slots=True)
class BrowserSettings:
    """``program`` is found where none is named; ``unsandboxed`` lets it run where its sandbox doesn't work.

    At most ``at_once`` browsers run at a time, over all workers of all runs of this user; None: as many as this machine
    carries. ``own_network`` gives each
    one without devices, where the kernel lets us; without it there remain our interception and the proxy that isn't
    there. ``off``: none is to run.
    """

    program: str = ""
    at_once: int | None = None
    unsandboxed: bool = False
    own_network: bool = True
    off: bool = False


def find_program(settings: BrowserSettings) -> str:
    """The path of Chromium; empty where there is none."""
    if settings.program:
        return shutil.which(settings.program) or ""
    plain = next((path for path in _PLAIN if Path(path).is_file()), "")
    return plain or next(filter(None, map(shutil.which, _NAMES)), "")


def command_line(program: str, profile: Path, settings: BrowserSettings) -> list[str]:
    """The program with its switches."""
    sandbox = [_NO_SANDBOX] if settings.unsandboxed else []
    return [program, *_FLAGS, *sandbox, f"--user-data-dir={profile}"]
