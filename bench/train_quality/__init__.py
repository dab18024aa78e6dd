"""Training of the shipped translation score; needs the bench extra (lightgbm, sacrebleu, scikit-learn)."""
