"""Tell whoever watches how far a long piece of work is."""

from typing import Protocol


class Progress(Protocol):
    """What shows progress; the pipeline calls it, the command line draws it."""

    def begin(self, phase: str, total: int | None) -> None:
        """Start a phase of so many steps; None where the number is not known beforehand."""

    def advance(self, steps: int = 1, **counts: int) -> None:
        """Say that steps are done, and the counts so far."""

    def note(self, line: str) -> None:
        """Say one line."""


class Silent:
    """Show nothing."""

    def begin(self, phase: str, total: int | None) -> None:
        """Show nothing."""

    def advance(self, steps: int = 1, **counts: int) -> None:
        """Show nothing."""

    def note(self, line: str) -> None:
        """Show nothing."""
