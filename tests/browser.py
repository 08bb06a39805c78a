"""Reports in Chromium: their documents, their pictures, and whether anything is cut off."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

WIDTHS = 390, 1280
"""Widths in CSS pixels that reports are looked at in: a telephone, and a window on a desk."""

needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (Debian: chromium)")

# What reaches out of a page to the right, but for what scrolls within it.
_MEASURE = """
<script>
setTimeout(() => {
  const scrolls = (node) =>
    node && (getComputedStyle(node).overflowX === "auto" || scrolls(node.parentElement));
  const out = [...document.body.querySelectorAll("*")]
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
    .filter((node) => !scrolls(node.parentElement))
    .map((node) => node.outerHTML.slice(0, 80));
  parent.postMessage({width: innerWidth, scroll: document.documentElement.scrollWidth, out}, "*");
}, 500);
</script>
"""
# A frame, as Chromium's own window is never narrower than 500 pixels.
_FRAME = """<!doctype html>
<iframe width="{width}" height="900" style="border: 0" srcdoc="{page}"></iframe>
<pre id="measured"></pre>
<script>
addEventListener("message", ({{data}}) => {{
  document.getElementById("measured").textContent = JSON.stringify(data);
}});
</script>
"""


def browse(file: Path, fragment: str, *options: str) -> str:
    """Open a page in Chromium and give its document when the scripts are done."""
    assert CHROMIUM
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--virtual-time-budget=5000",
        "--hide-scrollbars", f"--user-data-dir={file.parent / 'profile'}", *options,
        f"{file.as_uri()}{fragment}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout.decode()


def screenshot(file: Path, width: int, height: int) -> bytes:
    """Draw a page and give the picture, a PNG file."""
    picture = file.with_name(f"{file.stem}-{width}.png")
    browse(file, "", f"--screenshot={picture}", f"--window-size={width},{height}")
    return picture.read_bytes()


def cut_off(file: Path, width: int) -> list[str]:
    """The beginnings of the elements of a page that a window of some width does not hold."""
    page = file.read_text("utf-8")
    end = page.rindex("</html>")
    measured = page[:end].replace("</body>", "") + _MEASURE + page[end:]
    frame = file.with_name(f"{file.stem}-{width}.html")
    frame.write_text(_FRAME.format(width=width, page=escape(measured)), "utf-8")
    shown = browse(frame, "", "--dump-dom", "--window-size=1600,1000")
    match = re.search(r'<pre id="measured">(.*?)</pre>', shown)
    assert match
    found = json.loads(unescape(match[1]))
    assert found["width"] == width
    page_itself = [f"page of {found['scroll']} pixels"] if found["scroll"] > width else []
    return [*page_itself, *found["out"]]
