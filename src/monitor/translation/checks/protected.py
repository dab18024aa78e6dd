"""Find addresses, handles and code that a translation changed."""

from monitor.translation.checks.rendering import Rendering
from monitor.translation.protection import vanished

FLAG = "address or code changed"


def check(rendering: Rendering) -> str | None:
    """Return the flag when a part that must stay as it is does not stand in the output."""
    return FLAG if vanished(rendering.source, rendering.output) else None
