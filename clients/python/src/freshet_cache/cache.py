# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""The read-through cache."""

from __future__ import annotations

import enum
import json
import random
from dataclasses import dataclass, field
from typing import Any, Callable, Optional, Union

from .calls import Begun
from .entry import parse_entry
from .flight import Flight, Flights
from .level import EVENTUAL, Bounded, Eventual, Level, Session, Strong
from .loaded import Database, Loaded
from .names import Key, KeyNames
from .position import ForeignPositionError, WalPosition
from .refusals import Refusals
from .resp import Redis
from .store import RedisClient, RedisUnavailable, Store


class Status(str, enum.Enum):
    """How a read was answered."""

    HIT = "hit"
    """From Redis."""
    MISS = "miss"
    """Loaded and stored."""
    REFUSED = "refused"
    """Loaded, right for this caller, and not stored: it may have gone stale during the load, or is too large."""
    BEHIND = "behind"
    """Loaded, because the published position does not prove the cache fresh enough for this read."""
    UNCOVERED = "uncovered"
    """Loaded and not stored: nobody evicts tags of one of its kinds. The log says what to change."""
    NO_INVALIDATOR = "no-invalidator"
    """Loaded and not stored: no invalidator for the reader's database publishes in the namespace."""
    BYPASS = "bypass"
    """Loaded, because the read was strong, or Redis did not answer; or nobody knows whether it stored the value."""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Result:
    """The answer to one read."""

    json: Optional[bytes] = field(repr=False)
    """The value as JSON in UTF-8; None if what was asked for does not exist."""
    status: Status
    position: Optional[WalPosition]
    """No commit that the value shows lies behind it. For ``session``. None if the loader told none."""

    @property
    def value(self) -> Any:
        """The value, parsed anew each time, so that it is the caller's own; None if it does not exist."""
        return None if self.json is None else json.loads(self.json)

    @property
    def exists(self) -> bool:
        return self.json is not None


Loader = Callable[[], Loaded]


class Cache:
    """A read-through cache of JSON values in Redis, which the invalidator keeps coherent with PostgreSQL.

    A read asks Redis. On a miss it takes a token, runs the loader, and offers the value with the token. Redis refuses
    it if anything that it was computed from was evicted since. So once the position of a commit is published, no later
    read gets a cached value that was computed without that commit.

    A Redis that is away, slow or failing fails no read: the loader answers, with status BYPASS. Thread-safe.

    :param redis: an address, ``redis://host:6379`` or ``rediss://user:password@host``, of one server; or a client whose
        ``execute_command`` runs a command, as that of redis-py: give that one a ``socket_timeout``
    :param namespace: that of the invalidator's mapping, such as ``ctx``
    :param database: the one that loaders read, if it is known beforehand; else what they tell by ``from_database``
    :param ttl: seconds that a value is kept at most, before jitter
    :param absent_ttl: the same for "does not exist"
    :param ttl_jitter: share of the time to live by which it varies
    :param max_value_bytes: larger values are answered but not stored
    :param pause: seconds that Redis is not asked after three failures in a row
    """

    def __init__(
        self,
        redis: Union[str, RedisClient],
        namespace: str,
        *,
        database: Optional[Database] = None,
        ttl: float = 300.0,
        absent_ttl: float = 30.0,
        ttl_jitter: float = 0.1,
        max_value_bytes: int = 1 << 20,
        pause: float = 1.0,
    ) -> None:
        for what, seconds in (("ttl", ttl), ("absent_ttl", absent_ttl), ("pause", pause)):
            if not seconds >= 0.001:
                raise ValueError(f"{what} {seconds} is not at least 0.001 seconds")
        if not 0 <= ttl_jitter < 1:
            raise ValueError(f"ttl_jitter {ttl_jitter} is not in [0, 1)")
        if max_value_bytes < 1:
            raise ValueError(f"max_value_bytes {max_value_bytes} is not positive")
        self._names = KeyNames(namespace)
        self._own = Redis(redis) if isinstance(redis, str) else None
        client = redis if self._own is None else self._own
        self._store = Store(client, self._names, pause)  # type: ignore[arg-type]
        self._database = database
        self._ttl, self._absent_ttl, self._ttl_jitter = ttl, absent_ttl, ttl_jitter
        self._max_value_bytes = max_value_bytes
        self._refusals = Refusals(namespace)
        self._flights: Flights[Result] = Flights()

    def get(self, key: Key, loader: Loader, level: Level = EVENTUAL) -> Result:
        """Reads from the cache if it is known to be fresh enough for this level, or else by the loader.

        The loader runs in this thread, after the token was taken. It must read the primary, with a snapshot of its own,
        not in a transaction that was begun before. All callers of a key must load the same: one may be answered by the
        load of another one, and then also gets what that loader raised. A loader must not ask for its own key.

        What the loader raises reaches the caller unchanged, and nothing is cached. Raises ForeignPositionError if a
        session's position belongs to another PostgreSQL cluster than the one that loaders read, if that is known.
        """
        if not isinstance(level, (Eventual, Strong, Bounded, Session)):
            raise TypeError(f"the level is {level!r}, expected EVENTUAL, STRONG, bounded(seconds) or session(position)")
        name = self._names.entry(key)
        arrival = self._flights.ticket()
        asked_twice = False
        while True:
            asked = self._flights.ticket()
            begun = self._begin(key, level)
            hit = self._hit(begun)
            if hit is not None:
                return self._answer(hit, level)
            flight, leads = self._flights.join(name)
            if not leads:
                shared = flight.wait(arrival, isinstance(level, Eventual))
                if shared is not None:
                    return self._answer(shared, level)
            elif begun.token is not None and not asked_twice and self._flights.landed_since(asked, name):
                # Another reader's load ended between the answer of Redis and now.
                asked_twice = True
                self._flights.leave(name, flight)
            else:
                return self._answer(self._lead(flight, name, key, begun, loader), level)

    @property
    def redis_available(self) -> bool:
        """Whether Redis answered when it was asked last. Does no I/O: suitable for a health check."""
        return self._store.available

    @property
    def uncached(self) -> Optional[str]:
        """Why values are not cached although Redis answers, as far as reads of this process found out. Does no I/O."""
        return self._refusals.problem

    def close(self) -> None:
        """Closes the idle connections, if the cache was made with an address. A later read would connect anew."""
        if self._own is not None:
            self._own.close()

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self, key: Key, level: Level) -> Begun:
        if isinstance(level, Strong):
            return Begun()
        try:
            begun = self._store.begin(key, level, self._database_text())
        except RedisUnavailable:
            return Begun()
        self._refusals.note(begun.hindrance)
        return begun

    def _hit(self, begun: Begun) -> Optional[Result]:
        if begun.entry is None:
            return None
        entry = parse_entry(begun.entry)
        position = WalPosition.find(entry.at)
        return Result(entry.value, Status.HIT, position and position.of_system(self._system()))

    def _lead(self, flight: Flight[Result], name: str, key: Key, begun: Begun, loader: Loader) -> Result:
        result: Optional[Result] = None
        failure: Optional[Exception] = None
        filled = Status.BYPASS
        try:
            loaded = loader()
            if not isinstance(loaded, Loaded):
                raise TypeError(
                    f"the loader answered a {type(loaded).__name__}, expected Loaded.of(value, tags) or"
                    " Loaded.absent(tags)"
                )
            flight.seal_before_fill()
            filled = self._fill(key, begun, loaded)
            told = filled in (Status.UNCOVERED, Status.NO_INVALIDATOR)
            status = Status.BEHIND if begun.hindrance == "behind" and not told else filled
            system = self._system() if loaded.database is None else loaded.database.system
            result = Result(loaded.json, status, loaded.position and loaded.position.of_system(system))
            return result
        except Exception as e:
            failure = e
            raise
        finally:
            # An interrupt is this thread's own affair: then there is neither, and waiters try for themselves.
            self._flights.end(name, flight, result, failure, filled == Status.MISS)

    def _fill(self, key: Key, begun: Begun, loaded: Loaded) -> Status:
        if loaded.database is not None:
            self._database = loaded.database
        if begun.token is None:
            return Status.BYPASS if begun.hindrance is None else _status(begun.hindrance)
        if loaded.json is not None and len(loaded.json) > self._max_value_bytes:
            return Status.REFUSED
        ttl = self._absent_ttl if loaded.json is None else self._ttl
        # So that values stored at the same moment do not expire at the same moment.
        ttl_ms = max(1, round(1000 * ttl * (1 + self._ttl_jitter * random.uniform(-1, 1))))
        try:
            answer = self._store.fill(key, begun.token, ttl_ms, loaded, self._database_text())
        except RedisUnavailable:
            return Status.BYPASS
        status = _status(answer)
        nobody_evicts = status in (Status.UNCOVERED, Status.NO_INVALIDATOR)
        self._refusals.note(answer if nobody_evicts else None)
        return status

    def _answer(self, result: Result, level: Level) -> Result:
        # After the load: where the database was moved, only the loader can tell which cluster it reads now.
        if isinstance(level, Session):
            system = self._system()
            if result.position is not None and result.position.system is not None:
                system = result.position.system
            if system is not None and level.position.is_foreign_to(system):
                raise ForeignPositionError(level.position, system)
        return result

    def _database_text(self) -> str:
        database = self._database
        return "" if database is None else str(database)

    def _system(self) -> Optional[str]:
        database = self._database
        return None if database is None else database.system


def _status(answer: str) -> Status:
    """The status of a read whose value was offered to Redis."""
    why = answer.partition(" ")[0]
    if why == "stored":
        return Status.MISS
    if why == "uncovered":
        return Status.UNCOVERED
    if why in ("no-invalidator", "foreign"):
        return Status.NO_INVALIDATOR
    return Status.REFUSED
