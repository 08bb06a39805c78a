"""Corrected copies of whole archives: mirrored trees, a manifest, logs, provenance, a report.

Copies stand under TARGET as the originals stood in the sources; what is known about them stands
beside them, in `TARGET/.thaifix` (`places`). A run may be killed at any moment: a file is in the
manifest only when its copy is whole and on the disk, and the next run goes on.

Begin with `batch`, one call of `thaifix archive`: it compares `sources` and `manifest` (`plan`),
opens the `target`, and carries the plan out (`execution`), one `task` a file, spread over
`processes`, every file written by `durable`. What is shown later: `provenance`, `verification`,
`report`. It may import what stands below it: correct, formats, stream, text, html.
"""
