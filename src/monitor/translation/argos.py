"""The engine for Argos packages: their own models, run directly, many sentences at once."""

from pathlib import Path

from monitor.errors import ModelDamaged
from monitor.translation.decoder import Decoder, Frame
from monitor.translation.packages import Package
from monitor.translation.tokenizers import BytePairs, SentencePieces, Tokenizer


def open_argos(package: Package, model: str, *, compute_type: str = "default", parallel: int = 1) -> Decoder:
    """Load an Argos package; `model` is its identity, `parallel` how many translations run side by side."""
    return Decoder(
        pair=package.pair,
        model=model,
        folder=package.engine_folder,
        tokenizer=_tokenizer(package),
        frame=Frame(target=(package.target_prefix,) if package.target_prefix else ()),
        compute_type=compute_type,
        parallel=parallel,
    )


def argos_folders() -> tuple[Path, ...]:
    """Return where Argos's own tools install packages.

    Importing Argos's settings makes folders in the user's home; where it may not, there is nothing in them.
    """
    try:
        from argostranslate import settings  # noqa: PLC0415  makes folders when imported
    except OSError:
        return ()
    return tuple(Path(folder) for folder in settings.package_dirs)


def _tokenizer(package: Package) -> Tokenizer:
    pieces = package.folder / "sentencepiece.model"
    try:
        if pieces.exists():
            return SentencePieces(pieces)
        return BytePairs(package.folder / "bpe.model", *package.codes)
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelDamaged(f"{package.name!r} has a tokenizer that does not load: {error}") from error
