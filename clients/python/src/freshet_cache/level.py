# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""How fresh a read must be. docs/consistency.md of Freshet says what each level means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Union

from .position import WalPosition

LEAST_MAX_AGE: Final = timedelta(milliseconds=100)
"""The least bound: the invalidator proves at most twenty times a second that nothing is missing."""

_MOST_MAX_AGE = timedelta(days=1)


@dataclass(frozen=True)
class Eventual:
    """The cache as it stands."""


@dataclass(frozen=True)
class Strong:
    """No commit is missing: the loader answers, and Redis is not asked."""


@dataclass(frozen=True)
class Bounded:
    """No commit older than this is missing, by the clock of Redis."""

    max_age: timedelta

    def __post_init__(self) -> None:
        if not LEAST_MAX_AGE <= self.max_age <= _MOST_MAX_AGE:
            raise ValueError(f"max age {self.max_age} is not between 100 ms, the least that can be proved, and 1 day")

    @property
    def microseconds(self) -> int:
        return self.max_age // timedelta(microseconds=1)


@dataclass(frozen=True)
class Session:
    """No commit up to this position is missing, such as the program's own write, or what it read before."""

    position: WalPosition


Level = Union[Eventual, Strong, Bounded, Session]

EVENTUAL: Final = Eventual()
STRONG: Final = Strong()


def bounded(max_age: Union[timedelta, float]) -> Bounded:
    """At most this old: a timedelta, or seconds."""
    return Bounded(max_age if isinstance(max_age, timedelta) else timedelta(seconds=max_age))


def session(position: Union[WalPosition, str]) -> Session:
    """At least as new as this position: what a write or an earlier read told, or its text."""
    return Session(position if isinstance(position, WalPosition) else WalPosition.parse(position))
