#!/usr/bin/env python3
"""Builds `bench`: an Argos package of the real size and shape (Transformer base, int8) that copies its input.

Nothing is trained.  The weights are set by construction so that decoder position t attends to encoder
position t and emits that token; output length therefore equals source length, as in real translation,
while every matrix product has the real shape.  Most weights are zero, so the zip stays small.

    python build_bench.py --vocab 32000 --out translate-xx_en.argosmodel [--from-code es]
Needs numpy, sentencepiece, ctranslate2.
"""
from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import sentencepiece as spm
from ctranslate2.specs import transformer_spec

sys.path.insert(0, str(Path(__file__).parent))
import argos_pack  # noqa: E402

D, FF, HEADS, LAYERS, CODE, MAXPOS = 512, 2048, 8, 6, 64, 1100


def words(n: int, seed: int) -> list[str]:
    """n distinct invented words, frequent ones first (and shorter)."""
    rng, out, seen = random.Random(seed), [], set()
    cons = ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "z", "ch", "br", "tr", "pl", "st"]
    while len(out) < n:
        k = 1 + min(4, int(np.log10(len(out) + 3)))
        w = "".join(rng.choice(cons) + rng.choice("aeiou") for _ in range(rng.randint(max(1, k - 1), k))) + rng.choice(["", "n", "s", "r"])
        if w not in seen:
            seen.add(w)
            out.append(w)
    return out


class Text:
    """Synthetic text with a Zipf word distribution and realistic sentence lengths."""

    def __init__(self, vocab=26_000, seed=1):
        self.w = words(vocab, 1)
        p = 1 / np.arange(3, vocab + 3) ** 1.0
        self.p = p / p.sum()
        self.rng = np.random.default_rng(seed)

    def sentence(self) -> str:
        n = int(np.clip(self.rng.lognormal(3.0, 0.45), 4, 70))  # median 20 words
        ws = [self.w[i] for i in self.rng.choice(len(self.w), n, p=self.p)]
        if self.rng.random() < 0.4:
            ws[self.rng.integers(n)] = str(self.rng.integers(2, 5000))
        s = " ".join(ws)
        return s[0].upper() + s[1:] + "."

    def article(self, paragraphs=10) -> str:
        return "\n".join(" ".join(self.sentence() for _ in range(self.rng.integers(2, 6))) for _ in range(paragraphs))


def build(vocab: int, out: Path, from_code: str, splitter: Path | None, eos_shift: bool = True) -> None:
    tmp = Path(tempfile.mkdtemp())
    text = Text()
    corpus = tmp / "c.txt"
    need = max(60_000, vocab * 2)
    with corpus.open("w") as f:
        for w in text.w:
            f.write(w + "\n")
        for _ in range(need):
            f.write(text.sentence() + "\n")
    spm.SentencePieceTrainer.train(input=str(corpus), model_prefix=str(tmp / "sentencepiece"), vocab_size=vocab, model_type="bpe",
                                   character_coverage=1.0, num_threads=1, minloglevel=2, required_chars="".join(map(chr, range(33, 127))))
    sp = spm.SentencePieceProcessor(model_file=str(tmp / "sentencepiece.model"))
    pieces = [sp.id_to_piece(i) for i in range(sp.vocab_size())]
    V = len(pieces)
    rng = np.random.default_rng(0)
    tok = np.zeros((V, D), np.float32)  # dims 0..CODE-1: +-1 code of the token, balanced by its negation in CODE..2*CODE-1
    code = rng.choice([-1.0, 1.0], (V, CODE)).astype(np.float32)
    tok[:, :CODE], tok[:, CODE:2 * CODE] = code, -code
    pos = np.zeros((MAXPOS, D), np.float32)  # dims 256..: +-1 code of the position, likewise balanced
    pc = rng.choice([-1.0, 1.0], (MAXPOS, CODE)).astype(np.float32)
    pos[:, 256:256 + CODE], pos[:, 256 + CODE:256 + 2 * CODE] = pc, -pc
    z = lambda *s: np.zeros(s, np.float32)  # noqa: E731
    serial = iter(range(1, 10_000))
    spec = transformer_spec.TransformerSpec.from_config((LAYERS, LAYERS), HEADS)
    emb = tok / np.sqrt(D)  # the engine multiplies by sqrt(d)

    def norm(s):
        s.gamma, s.beta = np.ones(D, np.float32), z(D)

    def lin(s, w):
        k = next(serial)  # one harmless tiny weight keeps every matrix distinct: equal ones would be stored (and cached) once
        w[k % w.shape[0], (7 * k) % w.shape[1]] += 1e-6
        s.weight, s.bias = w, z(w.shape[0])

    def zero_self(s):
        lin(s.linear[0], z(3 * D, D)), lin(s.linear[1], z(D, D)), norm(s.layer_norm)

    def zero_ffn(s):
        lin(s.linear_0, z(FF, D)), lin(s.linear_1, z(D, FF)), norm(s.layer_norm)

    for l in spec.encoder.layer:
        zero_self(l.self_attention), zero_ffn(l.ffn)
    for i, l in enumerate(spec.decoder.layer):
        zero_self(l.self_attention), zero_ffn(l.ffn)
        q, kv, o = z(D, D), z(2 * D, D), z(D, D)
        if i == LAYERS - 1:
            hd = D // HEADS
            for h in range(HEADS):  # each head: query = my position, key = its position, value = a slice of the token code
                for c in range(hd):
                    q[h * hd + c, 256 + c] = 1.5
                    kv[h * hd + c, 256 + c] = 1.5
                for c in range(CODE // HEADS):
                    kv[D + h * hd + c, h * (CODE // HEADS) + c] = 1.0
                    o[h * (CODE // HEADS) + c, h * hd + c] = 6.0
                    o[CODE + h * (CODE // HEADS) + c, h * hd + c] = -6.0
        lin(l.attention.linear[0], q), lin(l.attention.linear[1], kv), lin(l.attention.linear[2], o), norm(l.attention.layer_norm)
    for part in (spec.encoder, spec.decoder):
        part.position_encodings.encodings = pos
        norm(part.layer_norm)
    spec.encoder.embeddings[0].weight = emb
    spec.decoder.embeddings.weight = emb
    spec.decoder.projection.weight = emb
    spec.decoder.projection.bias = z(V)
    spec.config.decoder_start_token = "<s>"
    spec.config.add_source_eos = True
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.validate()
    spec.optimize(quantization="int8")
    (tmp / "model").mkdir()
    spec.save(str(tmp / "model"))
    print("model.bin", (tmp / "model" / "model.bin").stat().st_size)
    argos_pack.pack(out, model_dir=tmp / "model", spm_model=tmp / "sentencepiece.model", from_code=from_code,
                    minisbd_onnx=splitter, readme="Copies its input; for speed measurements only.\n")
    print(out, out.stat().st_size)
    shutil.rmtree(tmp)


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--vocab", type=int, default=32_000)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--from-code", default="es")
    ap.add_argument("--splitter", type=Path)
    a = ap.parse_args()
    build(a.vocab, a.out, a.from_code, a.splitter)
