"""The engine for converted OPUS-MT and NLLB models, for pairs where Argos has none or a weak one."""

from pathlib import Path

import msgspec

from monitor.errors import ModelDamaged
from monitor.languages import TABLE, Language
from monitor.translation.decoder import Decoder, Frame
from monitor.translation.packages import Package
from monitor.translation.tokenizers import SentencePieces

_END = "</s>"
_PIECES = ("source.spm", "sentencepiece.bpe.model", "sentencepiece.model", "spm.model")

# ISO 639-3 as NLLB's codes (FLORES-200: language, script) have it: Standard Arabic, Western Persian and so on
_ISO_639_3 = {
    "ar": "arb", "az": "azj", "bg": "bul", "bn": "ben", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu",
    "el": "ell", "en": "eng", "eo": "epo", "es": "spa", "et": "est", "eu": "eus", "fa": "pes", "fi": "fin",
    "fr": "fra", "ga": "gle", "gl": "glg", "he": "heb", "hi": "hin", "hu": "hun", "id": "ind", "it": "ita",
    "ja": "jpn", "ko": "kor", "ky": "kir", "lt": "lit", "lv": "lvs", "ms": "zsm", "nb": "nob", "nl": "nld",
    "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sq": "als", "sr": "srp",
    "sv": "swe", "th": "tha", "tl": "tgl", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "zho",
}  # fmt: skip


class _Settings(msgspec.Struct):
    """The one line of the engine's `config.json` that matters here."""

    add_source_eos: bool = False


def open_ctranslate2(
    package: Package, model: str, *, compute_type: str = "default", parallel: int = 1
) -> Decoder:
    """Load a converted model; an NLLB one is told both languages, an OPUS-MT one of many its target."""
    folder = package.folder
    pieces = next((folder / name for name in _PIECES if (folder / name).is_file()), None)
    if pieces is None:
        raise ModelDamaged(f"{package.name!r} has no SentencePiece model: {', '.join(_PIECES)}")
    target = folder / "target.spm"
    try:
        tokenizer = SentencePieces(pieces, target if target.is_file() else None)
    except (RuntimeError, OSError) as error:
        raise ModelDamaged(f"{package.name!r} has a tokenizer that does not load: {error}") from error
    return Decoder(
        pair=package.pair,
        model=model,
        folder=folder,
        tokenizer=tokenizer,
        frame=frame_of(package),
        compute_type=compute_type,
        parallel=parallel,
    )


def flores_code(language: Language) -> str:
    """Return NLLB's code of a language, which is none where NLLB does not know it.

    >>> flores_code(Language("zh-Hans")), flores_code(Language("pt-BR"))
    ('zho_Hans', 'por_Latn')
    """
    script = TABLE[language].script.replace("Kore", "Hang")
    code = language.partition("-")[0]
    return f"{_ISO_639_3.get(code, code)}_{script}"


def frame_of(package: Package) -> Frame:
    """Return the marks that a converted model wants, from its vocabulary and settings."""
    vocabulary = _vocabulary(package.folder)
    end = () if _settings(package).add_source_eos else (_END,)
    source, target = (flores_code(language) for language in package.pair)
    if source in vocabulary and target in vocabulary:
        return Frame(before=(source,), after=end, target=(target,))
    chosen = f">>{target.partition('_')[0]}<<"
    return Frame(before=(chosen,) if chosen in vocabulary else (), after=end)


def _settings(package: Package) -> _Settings:
    path = package.folder / "config.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Settings) if path.exists() else _Settings()
    except msgspec.DecodeError as error:
        raise ModelDamaged(f"{package.name!r}: config.json cannot be read: {error}") from error


def _vocabulary(folder: Path) -> frozenset[str]:
    """Return the tokens that a model reads; the format depends on the version of the converter."""
    for name in ("shared_vocabulary", "source_vocabulary"):
        listed, lines = folder / f"{name}.json", folder / f"{name}.txt"
        if listed.exists():
            return frozenset(msgspec.json.decode(listed.read_bytes(), type=list[str]))
        if lines.exists():
            return frozenset(lines.read_text("utf-8").split("\n"))
    return frozenset()
