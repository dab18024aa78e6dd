"""Find translations of which the model itself was not sure."""

from monitor.translation.checks.rendering import Rendering

FLAG = "model unsure"

_LEAST = -1.6  # mean log probability of a token; good sentences lie between -0.2 and -0.9


def check(rendering: Rendering) -> str | None:
    """Return the flag when the model gave its own output a low probability."""
    score = rendering.model_score
    return FLAG if score is not None and score < _LEAST else None
