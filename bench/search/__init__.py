"""Speed of the search index."""
