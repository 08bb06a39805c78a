"""Texts, spans and edits, and facts about Thai writing: what all layers above build upon.

Here edits are data (`edit`), letters and clusters are told apart (`script`), texts are divided
(`blocks`), normalised (`normalize`), protected (`protect`), searched (`matching`), aligned
(`align`), viewed for comparison (`views`) and cut into words (`segmenter`); `tsv` reads tables.
Nothing here knows a model or a lexicon. May import: kernel, errors. Begin with `edit`, `script`.
"""
