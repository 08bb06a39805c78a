"""Words of ALTO that are broken over a line end: both parts name the whole in `SUBS_CONTENT`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from thaifix.formats.layout.markup import Markup, Splice
from thaifix.formats.layout.tags import Tag

_HYPHENS = "-\N{SOFT HYPHEN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
"""What may stand at the end of a first part, of which the whole has nothing."""


def keep_wholes(
    markup: Markup, strings: Iterable[Tag], said: Mapping[int, str]
) -> Iterator[Splice]:
    """Let the whole follow its parts, where it was made of them.

    A whole that says something else than its parts do is left alone. If only one part is there, as
    at a page's end, the whole must begin or end with it.

    Args:
        markup: The file.
        strings: Its `String` tags, in order.
        said: What those that change are to say, by where their tags start.
    """
    first: Tag | None = None
    for tag in strings:
        kind = markup.some(tag, ("SUBS_TYPE",)).get("SUBS_TYPE")
        if kind == "HypPart1":
            if first is not None:
                yield from _follow(markup, first, None, said)
            first = tag
        elif kind == "HypPart2":
            yield from _follow(markup, first, tag, said)
            first = None
    if first is not None:
        yield from _follow(markup, first, None, said)


def _follow(
    markup: Markup, first: Tag | None, second: Tag | None, said: Mapping[int, str]
) -> Iterator[Splice]:
    head, new_head = _part(markup, first, said)
    tail, new_tail = _part(markup, second, said)
    head, new_head = head.rstrip(_HYPHENS), new_head.rstrip(_HYPHENS)
    for tag in filter(None, (first, second)):
        if not (slot := markup.slot(tag, "SUBS_CONTENT")):
            continue
        whole = markup.read(slot)
        middle = whole[len(head) : len(whole) - len(tail)]
        fits = whole == head + middle + tail and not (first and second and middle)
        if fits and (new := new_head + middle + new_tail) != whole:
            yield markup.replace(slot, new)


def _part(markup: Markup, tag: Tag | None, said: Mapping[int, str]) -> tuple[str, str]:
    """What a part says, and what it is to say."""
    if tag is None:
        return "", ""
    old = markup.value(markup.values(tag).get("CONTENT", ""))
    return old, said.get(tag.start, old)
