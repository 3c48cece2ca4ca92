# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""Positions in PostgreSQL's write-ahead log."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Optional

_TEXT = re.compile(r"([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})(?:@([0-9]{1,20}))?", re.ASCII)


@dataclass(frozen=True)
class WalPosition:
    """A place in the write-ahead log of one PostgreSQL cluster.

    ``str()`` prints it as ``0/1A2B3C4``, or, if its cluster is known, as ``0/1A2B3C4@7301234567890123456``. A position
    without a cluster is taken to belong to the cluster that it is compared with.
    """

    high: int
    """The upper 32 bits."""
    low: int
    """The lower 32 bits."""
    system: Optional[str] = None
    """The system identifier of its cluster, if it is known."""

    @staticmethod
    def parse(text: str) -> WalPosition:
        """Parses what PostgreSQL or ``str()`` printed. Raises ValueError if it is something else."""
        found = WalPosition.find(text)
        if found is None:
            raise ValueError(
                f"position '{text}' is not of the form of pg_lsn, such as 0/1A2B3C4, with or without @ and the system"
                " identifier of the cluster"
            )
        return found

    @staticmethod
    def find(text: Optional[str]) -> Optional[WalPosition]:
        """The same, but None if it is something else."""
        parts = _TEXT.fullmatch(text or "")
        return WalPosition(int(parts[1], 16), int(parts[2], 16), parts[3]) if parts else None

    def of_system(self, system: Optional[str]) -> WalPosition:
        return WalPosition(self.high, self.low, system)

    def is_foreign_to(self, system: Optional[str]) -> bool:
        """Whether it is known to belong to another cluster."""
        return self.system is not None and system is not None and self.system != system

    def later(self, other: WalPosition) -> WalPosition:
        """The later of the two. Raises ValueError if they are of different clusters: then neither is."""
        if self.is_foreign_to(other.system):
            raise ValueError(f"positions {self} and {other} are of different clusters, and neither is the later one")
        mine, theirs = (self.high, self.low), (other.high, other.low)
        if mine == theirs:
            return other if self.system is None else self
        return self if mine > theirs else other

    @property
    def lsn(self) -> str:
        """As PostgreSQL prints it, without the cluster."""
        return f"{self.high:X}/{self.low:X}"

    def __str__(self) -> str:
        return self.lsn if self.system is None else f"{self.lsn}@{self.system}"


class ForeignPositionError(ValueError):
    """A session's position belongs to another PostgreSQL cluster than the one that the loaders read.

    Happens if positions of two systems are mixed up, and once per session after the database was moved to a new
    cluster. Drop the position and read without it.
    """

    def __init__(self, position: WalPosition, system: str) -> None:
        super().__init__(
            f"position {position} is of another PostgreSQL cluster than this cache's, which is {system}; expected a"
            " position that this cluster's writers or readers answered. If the database was moved, read without it once"
        )
