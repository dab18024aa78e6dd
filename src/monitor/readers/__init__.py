"""Turn the bytes of an input into documents: one file per format, one table from media type to reader."""
