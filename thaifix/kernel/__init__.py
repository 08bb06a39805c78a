"""The compiled kernel: all that is done symbol by symbol.

Texts are bytes of symbols here, words are numbers, costs are nats; there is no I/O and no policy.
A file holds one idea: `symbols`, then what a model consists of (`trie`, `ngram`, `channel`,
`language`), the words of a text as it stands (`scan`), what else a window may read (`readings`,
`lattice`, `search`, `groups`), and `decoder`, by which Python asks for both; beside them `phrases`
(`atoms`, `postings`) and `strings`, which find terms, and `pairs`, which finds what rules must look
at. It imports nothing of the package.

Begin with `decoder.pyi`; the slow and plain specification is `tests/kernel/reference.py`.
"""
