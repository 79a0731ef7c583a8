"""The command line. ``main`` is its entry point; nothing heavy is imported before a command needs it."""

import os
import sys


def main() -> None:
    """Run the command line; exits with the codes that the design lists."""
    from xuncha.cli.app import cli  # noqa: PLC0415 - keeps `import xuncha.cli` free of click

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code = cli.main(standalone_mode=False)
    try:
        sys.stdout.flush()
    except OSError:  # told already; what is left unwritten must not be tried again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = code or 2
    sys.exit(code)
