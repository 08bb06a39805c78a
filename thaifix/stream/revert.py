"""The way back: a filter's input from its output and its log."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import chain

from thaifix.errors import EditError
from thaifix.stream import log as logs
from thaifix.stream.filter import encode
from thaifix.text.edit import Edit

_ONE_RUN = "Give the log and the text of one and the same run"


def revert(
    log: Iterable[bytes], corrected: Iterable[bytes], write: Callable[[bytes], object]
) -> None:
    """Give a filter's input back, as its output and its log come in.

    Args:
        log: The lines that `log.LogWriter` made, in their order; flags are passed over.
        corrected: The bytes that the filter wrote, in chunks of any size.
        write: Receives the bytes that the filter had read.
    Raises:
        EditError: If the log is none, or a part of one, or if the text is not the one it was
            written for, in any place; what was written until then is of no use.
    Time: linear. Memory: a chunk, and what one edit spans.
    """
    before, after = sha256(), sha256()

    def counted(chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            after.update(chunk)
            yield chunk

    def give(text: str) -> None:
        data = encode(text)
        before.update(data)
        write(data)

    seal = None
    texts = _decoded(counted(corrected))
    held, held_start, used = "", 0, 0  # text that was read, its offset, how much is dealt with
    restored: list[str] = []
    grown = 0  # how much longer the source is than the output, so far, in code points
    for number, logged in logs.read_sealed(log):
        if isinstance(logged, logs.Seal):
            seal = logged
            continue
        edit, start = logged.item, logged.output
        if not isinstance(edit, Edit):
            continue
        advice = f"edit log, line {number}: {{}}. {_ONE_RUN}"
        end = start + len(edit.replacement)
        while held_start + len(held) < end:
            keep = max(used, min(start - held_start, len(held)))
            restored.append(held[used:keep])
            give("".join(restored))
            restored.clear()
            held_start, held, used = held_start + keep, held[keep:], 0
            more = next(texts, "")
            if not more:
                raise EditError(advice.format("the text ends before this edit"))
            held += more
        at = start - held_start
        if at < used or edit.start != start + grown:
            raise EditError(advice.format("this edit does not follow from those before it"))
        if held[at : end - held_start] != edit.replacement:
            wanted = f"the text has no {edit.replacement!r} at code point {start}"
            raise EditError(advice.format(wanted))
        restored += held[used:at], edit.observed
        used = end - held_start
        grown += len(edit.observed) - len(edit.replacement)
    if seal is None:
        raise EditError(
            "edit log: its last line, which seals it, is not there. The log is a part, or that of "
            "a run that was stopped. Correct the original once more"
        )
    give("".join(restored) + held[used:])
    for text in texts:
        give(text)
    if after.hexdigest() != seal.output_sha256:
        raise EditError(f"edit log: the text is not the one that it was written for. {_ONE_RUN}")
    if before.hexdigest() != seal.source_sha256:
        raise EditError(f"edit log: lines of it are missing or were changed. {_ONE_RUN}")


def _decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    """Decode a stream; no text that is yielded is empty."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    rest = iter(lambda: decoder.decode(b"", final=True), "")
    return chain(filter(None, map(decoder.decode, chunks)), rest)
