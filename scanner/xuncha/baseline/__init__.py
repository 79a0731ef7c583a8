"""基线: which state of each page a person has approved, in a log that shows whatever is done to it.

::

    baselines/                   in the workspace
      log.txt                    one line for each act, each bound to those before it by a keyed hash
      prints/<number>.jsonl.zst  what the pages looked like that entry <number> and those after it approve
      pictures/<sha256>.jpg      pictures of them, where a browser took some
    ~/.config/xuncha/            outside of it
      seal.key                   the key
      heads/                     how long each log was and how it ended when this machine last saw it

The key keeps lines from being forged, changed, reordered or slipped in; the known end keeps the log from being cut,
dropped or put back to an earlier state.
"""
