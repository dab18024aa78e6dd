"""Turn the bytes of an input into documents: one file per format."""
