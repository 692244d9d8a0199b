"""Blocks of bytes that wait on disk until they are written in the order of their names."""

from array import array
from pathlib import Path


class Spool:
    """A file that takes one block a name, in any order; memory holds a number for each."""

    def __init__(self, path):
        self.path, self._ends = Path(path), array("Q", [0])
        self._file = open(self.path, "w+b")

    def add(self, block: bytes):
        """Takes the next block."""
        self._file.write(block)
        self._ends.append(self._ends[-1] + len(block))

    def size(self, number: int) -> int:
        """The bytes of a block."""
        return self._ends[number + 1] - self._ends[number]

    def into(self, path, order, before=b"", between=b""):
        """Writes the blocks in an order of their numbers, each followed by `between`; the spool is gone then."""
        with open(path, "wb") as out:
            out.write(before)
            for number in order:
                self._file.seek(self._ends[number])
                out.write(self._file.read(self.size(number)) + between)
        self.close()

    def close(self):
        """Removes what waits."""
        self._file.close()
        self.path.unlink(missing_ok=True)
