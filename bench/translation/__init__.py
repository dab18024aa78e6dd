"""How fast we translate, beside Argos's own way."""
