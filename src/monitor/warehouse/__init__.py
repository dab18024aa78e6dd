"""The DuckDB file: the only room that knows DuckDB."""
