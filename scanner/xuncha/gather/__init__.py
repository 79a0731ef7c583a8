"""Gathers the facts of one site: probes in the order of their needs, each under its deadline."""
