"""The run on disk: masking, bundles, captures, the database over them, and the read model for reports."""
