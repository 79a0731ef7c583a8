"""Rules as data: what to ask of a site, and which content in an answer proves that something lies open.

One YAML format for the built-in rules and for contractors'. ``format`` reads it, ``matching`` decides, ``probe`` asks,
``family`` judges, ``lint`` holds the rules to their tests and to a corpus of innocent answers.
"""
