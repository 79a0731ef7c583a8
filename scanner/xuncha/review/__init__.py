"""复核: what people say of findings, kept in the sealed log beside the baselines, and what it does to a result.

Who can write to the workspace could else dismiss every finding. An entry names who, when, why, and the findings by
their fingerprints, so that a false alarm is known again in the next run.
"""
