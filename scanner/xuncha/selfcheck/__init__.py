"""自查: forms for units to fill in, read back, kept, and held against what a run saw."""
