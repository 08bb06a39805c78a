"""The version of thaifix."""

__version__ = "0.1.0"
