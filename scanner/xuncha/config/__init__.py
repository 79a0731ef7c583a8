"""YAML that people write: read with positions, checked against models, and its faults told in zh and en."""
