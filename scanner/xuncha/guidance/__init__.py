"""整改指引: what a department has to do, in which order, until when, and with which configuration.

Findings with one cause become one task (``causes``), also those of several checks (``explaining``, ``folding``); tasks
are put in order (``ordering``). Values and pure functions; ``xuncha.store.result`` calls them with what a stored run
holds, reports and lists only read what comes out.
"""
