# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""One load of a key at a time within this process, and who may share its value."""

from __future__ import annotations

import itertools
import threading
from typing import Dict, Generic, List, Optional, TypeVar

R = TypeVar("R")


class Flight(Generic[R]):
    """One load of one key, and the callers that wait for it.

    A caller that arrives during a load may know already that a commit is visible in the cache, while the load may have
    read the database before that commit. So it gets the loaded value only if it asked before the load began; or, at
    level eventual, if it asked before the fill was sent and Redis accepted the fill: then the value was a valid entry
    after the caller asked. All others ask again, and one of them leads the next flight.
    """

    def __init__(self, ticket: int) -> None:
        self._leader = threading.get_ident()
        self._ticket = ticket
        self._landed = threading.Event()
        self._fill_sent = False
        self._result: Optional[R] = None
        self._failure: Optional[Exception] = None
        self._stored = False

    def seal_before_fill(self) -> None:
        """Must be called before the fill is sent: an accepted fill proves nothing to callers that ask from now on."""
        self._fill_sent = True

    def land(self, result: Optional[R] = None, failure: Optional[Exception] = None, stored: bool = False) -> None:
        self._result, self._failure, self._stored = result, failure, stored
        self._landed.set()

    def wait(self, arrival: int, eventual: bool) -> Optional[R]:
        """Waits for the end. Returns None if the caller must ask again, and raises what the loader raised."""
        if self._leader == threading.get_ident():
            raise RuntimeError("a loader asks the cache for the very key that it loads")
        before_fill = not self._fill_sent
        self._landed.wait()
        if self._failure is not None:
            raise self._failure
        usable = arrival < self._ticket or (eventual and before_fill and self._stored)
        return self._result if usable else None


class Flights(Generic[R]):
    """The loads that are under way. Thread-safe."""

    _SLOTS = 1024

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tickets = itertools.count(1)
        self._standing: Dict[str, Flight[R]] = {}
        self._landings: List[int] = [0] * self._SLOTS

    def ticket(self) -> int:
        """A number that is greater than all before."""
        return next(self._tickets)

    def join(self, key: str) -> "tuple[Flight[R], bool]":
        """The flight of a key, and whether the caller leads it: then it must end it."""
        with self._lock:
            standing = self._standing.get(key)
            if standing is not None:
                return standing, False
            mine = self._standing[key] = Flight(self.ticket())
            return mine, True

    def landed_since(self, ticket: int, key: str) -> bool:
        """Whether a load of this key, or of one that shares its slot, ended after the ticket was drawn."""
        return self._landings[hash(key) % self._SLOTS] > ticket

    def end(
        self,
        key: str,
        flight: Flight[R],
        result: Optional[R] = None,
        failure: Optional[Exception] = None,
        stored: bool = False,
    ) -> None:
        with self._lock:
            self._landings[hash(key) % self._SLOTS] = self.ticket()
            del self._standing[key]
        flight.land(result, failure, stored)

    def leave(self, key: str, flight: Flight[R]) -> None:
        """Ends a flight that loaded nothing: whoever waits asks again."""
        with self._lock:
            del self._standing[key]
        flight.land()
