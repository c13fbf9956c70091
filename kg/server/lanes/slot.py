"""What a lane is doing right now, in memory that it shares with the front: true even after it was killed.

A lane writes before each step which one it is about to take. Whoever finds a slot of a dead lane thus knows what
became of the request that was in its hands: not taken yet, taken but not answered, or perhaps answered.
"""

from __future__ import annotations

import mmap
import os
import struct
from enum import IntEnum
from typing import NamedTuple

#: Bytes of a request that a lane takes; a longer one is none of its own.
ROOM = 1 << 13
_FIELDS = struct.Struct(
    "<QQQQ"
)  # the step, which request of this lane it is, the lease, bytes of the request
_DATA = 64
_SIZE = _DATA + ROOM


class Step(IntEnum):
    """Where a lane is with a request."""

    IDLE = 0
    TAKING = 1  # it may have read the request already
    WORKING = 2  # the request is in the slot, nothing has been sent
    SENDING = 3  # the answer may have gone


class State(NamedTuple):
    """A slot as it was read."""

    step: Step
    turn: int
    lease: int
    data: bytes  # of the request, if it is being worked on


class Slot:
    """The memory; one side makes it, the other opens its file descriptor."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._memory = mmap.mmap(descriptor, _SIZE)
        self._turn = 0
        #: Where a request is to be read into.
        self.room = memoryview(self._memory)[_DATA:]

    @classmethod
    def make(cls) -> Slot:
        """A new one, idle."""
        descriptor = os.memfd_create("foedus-lane")
        os.truncate(descriptor, _SIZE)
        return cls(descriptor)

    def close(self) -> None:
        """Give the memory back."""
        self.room.release()
        self._memory.close()
        os.close(self.descriptor)

    def taking(self, lease: int) -> None:
        """The next request of this connection is about to be read."""
        self._turn += 1
        _FIELDS.pack_into(self._memory, 0, Step.TAKING, self._turn, lease, 0)

    def working(self, lease: int, size: int) -> bytes:
        """It has been read: so many bytes, which come back."""
        _FIELDS.pack_into(self._memory, 0, Step.TAKING, self._turn, lease, size)
        self._memory[0] = Step.WORKING  # last: who is ended in between has not written half of it
        return self._memory[_DATA : _DATA + size]

    def sending(self) -> None:
        """The answer goes out now."""
        self._memory[0] = Step.SENDING

    def idle(self) -> None:
        """Nothing is in hand."""
        self._memory[0] = Step.IDLE

    def read(self) -> State:
        """What it says."""
        step, turn, lease, size = _FIELDS.unpack_from(self._memory)
        return State(Step(step), turn, lease, self._memory[_DATA : _DATA + size])
