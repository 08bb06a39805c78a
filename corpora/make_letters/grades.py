"""Grades of degradation: what scanners, copiers and fax machines do to a page."""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter
from typesetting import DPI


class Grade(NamedTuple):
    """How a page is degraded.

    Attributes:
        dpi: Resolution of the image that the engine sees, in dots per inch.
        blur: Radius of the Gaussian blur, in pixels at `dpi`.
        noise: Standard deviation of the grey noise, in grey levels (0 to 255).
        skew: Largest rotation either way, in degrees.
        threshold: Grey level above which a pixel turns white; None keeps greys.
        specks: Share of pixels turned black before thresholding (0 to 1).
        quality: Of the JPEG file that the page was kept in; None if in none.
    """

    dpi: int
    blur: float
    noise: float
    skew: float
    threshold: int | None
    specks: float
    quality: int | None


GRADES = {
    "clean": Grade(300, 0.0, 0.0, 0.0, None, 0.0, None),
    "scan": Grade(200, 0.6, 9.0, 0.35, None, 0.0, 60),
    "photocopy": Grade(250, 0.9, 26.0, 0.25, 150, 0.0002, None),
    "fax": Grade(150, 0.35, 12.0, 0.2, 165, 0.0002, None),
}
"""The grades by name; by judgement: pages as offices get them, which Tesseract can still read."""


def degrade(image: Image.Image, grade: Grade, rng: np.random.Generator) -> Image.Image:
    """Degrade a grey page of `DPI`; the result has the grade's resolution."""
    if grade.skew:
        angle = float(rng.uniform(-grade.skew, grade.skew))
        image = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if grade.dpi != DPI:
        size = (round(image.width * grade.dpi / DPI), round(image.height * grade.dpi / DPI))
        image = image.resize(size, resample=Image.Resampling.LANCZOS)
    if grade.blur:
        image = image.filter(ImageFilter.GaussianBlur(grade.blur))
    grey = np.asarray(image, dtype=np.float64)
    if grade.noise:
        grey = grey + rng.normal(0.0, grade.noise, grey.shape)
    if grade.specks:
        grey = np.where(rng.random(grey.shape) < grade.specks, 0.0, grey)
    if grade.threshold is not None:
        grey = np.where(grey > grade.threshold, 255.0, 0.0)
    image = Image.fromarray(np.clip(np.rint(grey), 0, 255).astype(np.uint8))
    if grade.quality is not None:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=grade.quality)
        image = Image.open(file)
        image.load()
    return image
