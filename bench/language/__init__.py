"""Training and measuring of language identification."""
