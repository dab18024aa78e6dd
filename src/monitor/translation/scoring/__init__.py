"""How good a translation into English probably is, from source and output alone: a small learned model."""
