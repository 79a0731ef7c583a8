"""Built-in report formats: one module, one format."""
