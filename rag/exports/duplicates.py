"""Texts that were there before, word for word or nearly so.

Nearly: by MinHash over runs of five characters, 64 permutations in 8 bands of 8 (A. Broder, "On the resemblance and
containment of documents", 1997; bands as in Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3). Of
pairs that share nine tenths of their runs 99 in 100 are compared, of those that share a half 3. Only replies to
questions of the same words are compared, and none whose figures differ: "28 days" and "30 days" teach different things.
"""

import hashlib
import re
import zlib
from typing import Literal

import numpy as np
import numpy.typing as npt

from rag.retrieval.terms import stems

ALIKE = 0.85  # share of the runs, from which on two texts count as one
RUN, PERMUTATIONS, BANDS = 5, 64, 8
_PRIME = np.uint64((1 << 31) - 1)  # products stay within 64 bits
_DRAWN = np.random.default_rng(7).integers(1, int(_PRIME), size=(2, PERMUTATIONS), dtype=np.uint64)
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+")
Signature = npt.NDArray[np.uint32]


class Duplicates:
    """What was seen so far: about a kilobyte a text, however long it is."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()
        self._signatures: list[bytes] = []
        self._first: dict[bytes, int] = {}  # the first text with a band, by its place in the list

    def seen(self, question: str, reply: str) -> Literal["duplicate", "near duplicate"] | None:
        """Whether question and reply were there before, or nearly so; None: they are new, and count from now on."""
        plain = normalised(reply)
        digest = _digest(normalised(question), plain)
        if digest in self._seen:
            return "duplicate"
        self._seen.add(digest)
        mine = signature(plain)
        same = " ".join(sorted(stems(question))), " ".join(_FIGURE.findall(plain))
        bands = [_digest(*same, str(at), band.tobytes().hex()) for at, band in enumerate(np.split(mine, BANDS))]
        known = {self._first[band] for band in bands if band in self._first}
        if any(np.mean(mine == np.frombuffer(self._signatures[one], np.uint32)) >= ALIKE for one in known):
            return "near duplicate"
        for band in bands:
            self._first.setdefault(band, len(self._signatures))
        self._signatures.append(mine.tobytes())
        return None


def _digest(*texts: str) -> bytes:
    return hashlib.blake2b("\0".join(texts).encode("utf-8", "replace"), digest_size=12).digest()


def normalised(text: str) -> str:
    """The words and figures of a text in small letters, a blank between them."""
    return " ".join(_WORD.findall(text.casefold()))


def signature(plain: str) -> Signature:
    """The least of each permutation over the runs of a text: two texts agree in as many as they share of their runs."""
    runs = {plain[at : at + RUN].encode("utf-8", "replace") for at in range(max(1, len(plain) - RUN + 1))}
    hashed = np.fromiter((zlib.crc32(run) for run in runs), np.uint64, len(runs)) % _PRIME
    times, plus = _DRAWN
    least: Signature = ((hashed[:, None] * times + plus) % _PRIME).min(axis=0).astype(np.uint32)
    return least
