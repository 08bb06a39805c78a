"""The errors a caller can act on."""


class ThaifixError(Exception):
    """Base of all errors that thaifix raises on purpose; the message says what to do."""


class ModelError(ThaifixError):
    """The model bundle is missing, of another version, or damaged."""


class LexiconError(ThaifixError):
    """A user's lexicon or never-touch list cannot be used; names file, line and remedy."""


class ArchiveError(ThaifixError):
    """An archive cannot be made or used as asked; the message says what stands in the way."""


class FormatError(ThaifixError, ValueError):
    """A file is not of the format that it is read as, or damaged; names the place and remedy."""


class UnknownFormatError(FormatError):
    """A file is of a format that thaifix does not read, and is no text; says what to do instead."""


class SeveralOriginalsError(FormatError):
    """A file keeps originals of several fields, and none was named: those of one were put back."""


class EditError(ThaifixError, ValueError):
    """Edits overlap, are unsorted or out of range, or do not match the text."""


class PairingError(ThaifixError):
    """Texts to be compared cannot be read or do not belong together; says which, and the remedy."""


class MissingExtraError(ThaifixError, ImportError):
    """A package of one of thaifix's extras is not installed; names the command that installs it."""


class TrainingError(ThaifixError):
    """What a model is to be trained on cannot be used; names file, line and remedy."""


class SeriesError(ThaifixError):
    """A table of error series cannot be used; names file, line and remedy."""


class ProcessError(ThaifixError):
    """A process that corrects was ended from outside; says what to do."""
