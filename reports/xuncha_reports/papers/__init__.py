"""Papers that an office sends: what stands in them, and the Word templates that say it."""
