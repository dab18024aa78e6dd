"""Which language a text is in, by paragraph, with a confidence that can be trusted."""

from monitor.detection.detector import Detector, language_of

__all__ = ["Detector", "language_of"]
