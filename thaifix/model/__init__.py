"""The model: what was learned from texts, in one file.

`bundle` is that file; `ngram`, `confusion` and `phrases` are its parts, made by training and loaded
into the kernel; `decoder` puts them together. `adapt` makes a document's own confusions cheaper,
`words` cuts a text into the model's words. May import: lexicon, text, kernel, errors. Begin with
`bundle`, then `decoder`.
"""
