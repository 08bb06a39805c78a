"""Corrected copies of whole archives: mirrored trees, a manifest, logs, provenance, a report.

What is copied stands under TARGET as it stood in the sources; what is known about the copies stands
beside them, in `TARGET/.thaifix` (see `thaifix.archive.layout`). A run may be killed at any moment:
a file is in the manifest only when its copy is whole and on the disk, and the next run goes on.
"""
