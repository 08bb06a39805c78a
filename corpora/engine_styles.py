"""Set the noise of styles, for `thaifix corrupt --engine letter-spaced` and `--engine pdf-layer`.

    python corpora/engine_styles.py

writes `thaifix/model/engines/letter-spaced.json` and `pdf-layer.json`. These engines misread no
letter; a document has one style, and errs in it everywhere.
"""

from pathlib import Path

from thaifix.noise.engines import Engine, Margin, PageQuality, Style

OUT = Path(__file__).parent.parent / "thaifix" / "model" / "engines"

# Shares of gaps, measured: 14 texts of `official-letters`, split train, set in six fonts of
# Debian's fonts-thai-tlwg (42 to 60 pixels, every second page blurred), read by Tesseract 5 with
# `--psm 6` and Debian's models (4.1.0): script/Thai, and tha with `preserve_interword_spaces=0`. In
# 357 lines there were 15,300 gaps between Thai letters, digits and signs; the models agree within
# 0.01. All 880 spaces of the text were printed as one space; Arabic digits and Latin words stayed
# whole.
SET_APART = {
    "gap": 0.995,
    "gap_before_mark": 0.991,
    "gap_before_vowel": 0.979,
    "gap_in_tight": 0.164,
    "gap_behind_tight": 0.584,
    "gap_behind_leading_vowel": 0.011,
    "gap_at_digit": 0.967,
    "gap_at_sign": 0.815,
    "am_apart": 0.945,
    "am_joined": 0.055,
}

# Shares of gaps by judgement, after what users report of Tesseract's larger models: marks stay on
# their letters, and where a space was, two are often printed.
CLUSTERS_APART = {
    "gap": 0.97,
    "gap_behind_tight": 0.97,
    "gap_behind_leading_vowel": 0.1,
    "gap_at_digit": 0.5,
    "gap_at_sign": 0.5,
    "double_space": 0.5,
    "am_apart": 0.5,
    "am_joined": 0.3,
    "am_as_aa": 0.15,
}

# Shares of places by judgement, after users' reports of what text layers of Thai PDF files hold.
# Where a font lacks a letter it lacks it everywhere; some marks are parted or moved in some lines.
LAYERS = (
    Style("some unreadable", 1, {"mark_unreadable": 0.1, "letter_unreadable": 0.003}),
    Style("marks moved", 2, {"mark_moved_gap": 0.12, "mark_moved": 0.12, "am_swapped_gap": 0.5}),
    Style("marks parted", 2, {"mark_parted": 0.15, "am_gap": 0.7}),
    Style("tone marks in Latin", 1, {"tone_latin": 0.9, "am_as_aa": 0.3}),
    Style("glyphs always", 1, {"private_use_always": 0.97, "am_as_aa": 0.5}),
    Style("glyphs by shape", 3, {"private_use": 0.98}),
    Style("sara am unreadable", 1, {"am_unreadable": 0.97}),
    Style("sara am without nikhahit", 2, {"am_as_aa": 0.7, "mark_moved": 0.004}),
    Style("sara am twice", 1, {"am_doubled": 0.95}),
    Style(
        "sara am in the wrong order",
        2,
        {"am_swapped_gap": 0.6, "am_swapped": 0.35, "mark_moved_gap": 0.1, "mark_moved": 0.1},
    ),
    Style("sara am in two letters", 2, {"am_joined": 0.98}),
    Style("sara am apart", 3, {"am_apart": 0.85, "am_joined": 0.1}),
    Style("sara am with a space for nikhahit", 4, {"am_gap": 0.95, "am_as_aa": 0.05}),
)


def write(name: str, origin: str, rate: float, styles: tuple[Style, ...]) -> None:
    """Write the profile of an engine that has nothing but styles.

    Args:
        name: The engine's name.
        origin: What was counted.
        rate: What the texts in `corpora/clean` suffer, measured.
        styles: Its styles.
    """
    Engine(
        name=name,
        origin=origin,
        rate=rate,
        page_length=2000,
        seen={},
        letters={},
        pages=(PageQuality(1.0, 0.0, 0.0),),
        line=(1.0,),
        garbled=0.0,
        before=Margin({}, (1.0,)),
        after=Margin({}, (1.0,)),
        lines={},
        longest_lost=0,
        fluent={},
        styles=styles,
    ).write(OUT / f"{name}.json")


def main() -> None:
    """Write both profiles."""
    write(
        "letter-spaced",
        "14 pages of official-letters, split train, read without preserve_interword_spaces; "
        "half of the documents by judgement, with marks on their letters",
        0.65,
        (Style("clusters apart", 1, CLUSTERS_APART), Style("letters apart", 1, SET_APART)),
    )
    write("pdf-layer", "set by hand after users' reports of PDF text layers", 0.04, LAYERS)


main()
