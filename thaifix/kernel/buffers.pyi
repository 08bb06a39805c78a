"""What the kernel takes as an array: for type checkers only, no module at run time."""

from typing import Any, Protocol

from _typeshed import ReadableBuffer, WriteableBuffer

class _NumpyArray(Protocol):
    """An array of numpy, whose type says that it is a buffer from Python 3.12 on only."""

    @property
    def __array_interface__(self) -> dict[str, Any]: ...

Buffer = ReadableBuffer | _NumpyArray
"""Bytes, an `array.array`, a memoryview, a numpy array: contiguous items of the type that is named.

Buffers are used in place and must not change; objects keep them alive.
"""
Writeable = WriteableBuffer | _NumpyArray
