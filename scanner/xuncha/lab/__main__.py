"""``python -m xuncha.lab``: serves the district until Ctrl-C and tells how to reach it."""

import argparse
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

from xuncha.lab import DISTRICT, FAULTS, Lab


def main() -> None:
    """Serve, print, wait."""
    parser = _parser()
    options = parser.parse_args()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with Lab(ports="default" if options.default_ports else "explicit", spread=not options.one_address) as lab:
        try:
            for site_id, fault_id in options.fault:
                lab.switch(site_id, fault_id)
        except ValueError as error:
            parser.error(str(error))
        print("\n".join(_told(lab, options.inventory)), flush=True)  # noqa: T201 - the program's result
        while not stop.wait(1.0):  # a wait without end would not hear Ctrl-C on Windows
            pass


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m xuncha.lab", description="Serve a district of websites.")
    parser.add_argument("--fault", metavar="SITE=FAULT", action="append", default=[], type=_fault, help="switch on")
    parser.add_argument("--inventory", metavar="FILE", type=Path, help="write the inventory there (CSV)")
    parser.add_argument("--default-ports", action="store_true", help="URLs without ports; clients need the map")
    parser.add_argument("--one-address", action="store_true", help="everything on 127.0.0.1")
    return parser


def _fault(text: str) -> tuple[str, str]:
    site_id, _, fault_id = text.partition("=")
    if site_id not in {site.id for site in DISTRICT}:
        raise argparse.ArgumentTypeError(f"no site {site_id!r}; there are {', '.join(site.id for site in DISTRICT)}")
    if fault_id not in FAULTS:
        raise argparse.ArgumentTypeError(f"no fault {fault_id!r}; there are {', '.join(FAULTS)}")
    return site_id, fault_id


def _told(lab: Lab, inventory: Path | None) -> Iterator[str]:
    for site in lab.sites:
        faults = "、".join(FAULTS[fault_id].zh for fault_id in sorted(lab.faults(site.id))) or "无问题"
        yield f"{site.id:<11} {site.home:<48} {faults}"
    yield ""
    yield f"DNS         {lab.nameserver}"
    yield "WHOIS       {}:{}".format(*lab.whois)
    yield f"CA          {lab.ca_file}"
    yield f"hostile     {lab.hostile}/"
    if inventory:
        yield f"inventory   {lab.inventory_csv(inventory)}"
    rules = ",".join(f"MAP {host}:{port} {place}:{real}" for (host, port), (place, real) in lab.connect_map.items())
    yield f'browser     chromium --ignore-certificate-errors --host-resolver-rules="{rules}"'
    yield ""
    yield "xuncha scan 从不访问本机地址，不能检查以上网站；要看检查过程，请运行 xuncha demo。"
    yield "xuncha scan never visits this machine, so it cannot inspect these; xuncha demo does. Ctrl-C ends it."


if __name__ == "__main__":
    main()
