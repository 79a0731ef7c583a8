"""Built-in plugins: one folder, one plugin, one entry point."""
