"""Add up the votes of many small decision trees, for all lines of a document at once."""

import numpy as np

from monitor.cleaning.line_marks import Floats
from monitor.forest import Forest, votes

FIRST = 80  # trees that see every line; the others see those that these leave in doubt
SURE = 2.5  # log odds beyond which a line is not in doubt


def log_odds(forest: Forest, features: Floats) -> Floats:
    """Return the sum of the trees' votes for each row of `features`; of the first trees' where they are sure."""
    found = votes(forest, features, slice(FIRST))
    doubt = np.flatnonzero(np.abs(found) < SURE)
    if len(doubt) and len(forest.roots) > FIRST:
        found[doubt] += votes(forest, features[doubt], slice(FIRST, None))
    return found
