"""The command line. ``main`` is its entry point; nothing heavy is imported before a command needs it."""

import sys


def main() -> None:
    """Run the command line; exits with the codes that the design lists."""
    from xuncha.cli.app import cli  # noqa: PLC0415 - keeps `import xuncha.cli` free of click

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(cli.main(standalone_mode=False))
