"""Say how much one file may unfold to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may unfold to: sizes in bytes, ratio of unpacked to packed size, depth of archives in archives."""

    input_bytes: int = 64 << 20
    archive_bytes: int = 8 << 30
    members: int = 1_000_000
    ratio: int = 100
    ratio_floor: int = 1 << 20
    depth: int = 3

    def unfolded(self, packed: int, most: int) -> int:
        """Return how many bytes so many packed ones may unfold to, `most` at the most."""
        return min(most, max(packed * self.ratio, self.ratio_floor))
