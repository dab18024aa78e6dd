"""What can go wrong, drawn once.

MonitorError
├── UsageError            the user asked for something that cannot be (exit 64)
│   └── ConfigurationError    a setting is unknown or impossible (exit 78)
├── DocumentError         one input or record cannot become an article: becomes a row in `rejects`
├── TranslationError      one sentence or pair cannot be translated: the original stays, with the reason
│   ├── ModelMissing          no installed model serves the pair
│   ├── ModelDamaged          a model's files are incomplete or not those that were pinned
│   └── ModelsBusy            another process is changing the models (exit 75)
├── WorkerLost            worker processes do not start; stops the run
└── WarehouseError        the warehouse cannot be used; stops the run
    ├── WarehouseBusy         another process holds it (exit 75)
    ├── WarehouseDamaged      the file does not open, or is not ours (exit 65)
    ├── WarehouseFull         the disk refuses to take more, or the place is read-only (exit 74)
    ├── WarehouseTooNew       written by a later version of monitor (exit 65)
    └── QueryRefused          an ad-hoc query is not a plain read, or fails (exit 1)
"""


class MonitorError(Exception):
    """Anything that monitor itself reports in one line; `exit_code` follows sysexits.h."""

    exit_code = 1


class UsageError(MonitorError):
    """The user asked for something that cannot be done as asked."""

    exit_code = 64


class ConfigurationError(UsageError):
    """A setting has a name or value that monitor does not know."""

    exit_code = 78


class DocumentError(MonitorError):
    """One input, or one record of it, cannot become an article.

    `stage` is where it failed, `reason` a short groupable phrase, `detail` one line for people.
    """

    def __init__(self, stage: str, reason: str, detail: str = "") -> None:
        super().__init__(f"{stage}: {reason}" + (f": {detail}" if detail else ""))
        self.stage, self.reason, self.detail = stage, reason, detail


class TranslationError(MonitorError):
    """A sentence or a language pair cannot be translated."""


class ModelMissing(TranslationError):
    """No installed model serves the language pair, directly or through a pivot."""


class ModelDamaged(TranslationError):
    """A model's files are incomplete or differ from those that were pinned."""


class ModelsBusy(TranslationError):
    """Another process is installing, pinning or removing models."""

    exit_code = 75


class WorkerLost(MonitorError):
    """Worker processes do not start, or end before they are given anything to do."""


class WarehouseError(MonitorError):
    """The warehouse cannot be used."""


class WarehouseBusy(WarehouseError):
    """Another process holds the warehouse."""

    exit_code = 75


class WarehouseDamaged(WarehouseError):
    """The warehouse file does not open or is not one of ours."""

    exit_code = 65


class WarehouseFull(WarehouseError):
    """The disk takes no more, or the place cannot be written."""

    exit_code = 74


class WarehouseTooNew(WarehouseError):
    """The warehouse was written by a later version of monitor."""

    exit_code = 65


class QueryRefused(WarehouseError):
    """An ad-hoc query is not a plain read, or failed."""
