"""Turn scraped news in any language into one clean, translated, de-duplicated DuckDB file."""

__version__ = "0.1.0"
