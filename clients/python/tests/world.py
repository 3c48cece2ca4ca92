# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""A database in memory, an invalidator that follows it by the protocol's scripts, and what each read must not miss."""

from __future__ import annotations

import random
import threading
import time
from typing import List, Optional, Tuple

from freshet_cache import EVENTUAL, STRONG, Cache, Key, Level, Loaded, Redis, Result, bounded, row, session

import support

ROWS = 3
Versions = Tuple[int, ...]


class Database:
    """Some rows, each of which counts its changes. A position is the number of commits so far."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.history: List[Versions] = [(0,) * ROWS]
        self.times: List[float] = [0.0]

    def commit(self, changed: int) -> int:
        with self.lock:
            self.history.append(tuple(v + (i == changed) for i, v in enumerate(self.history[-1])))
            self.times.append(time.time())
            return len(self.history) - 1

    def position(self) -> int:
        return len(self.history) - 1

    def position_at(self, moment: float) -> int:
        """That of the last commit of which it is sure that it was made before a moment."""
        with self.lock:
            return max(i for i, at in enumerate(self.times) if at <= moment)


def lsn(position: int) -> str:
    return f"0/{position:X}"


class Race:
    """Writers, readers, an invalidator and faults, until enough was seen or something stale was read."""

    def __init__(self, url: str) -> None:
        self.redis = Redis(url, timeout=support.PATIENCE)
        self.redis.execute_command("FLUSHALL")
        self.invalidator = support.Invalidator(self.redis)
        self.invalidator.promise()
        self.database = Database()
        self.published = 0
        self.readers = [Redis(url, timeout=support.PATIENCE) for _ in range(2)]
        self.caches = [Cache(redis, "ctx", ttl_jitter=0) for redis in self.readers]
        self.seen: "dict[str, int]" = {}
        self.stale: Optional[str] = None
        self.failure: Optional[BaseException] = None
        self.over = threading.Event()

    def run(self, wanted: "set[str]") -> None:
        """Ends after something stale, a failure, patience, or when there were some reads of each wanted kind."""
        workers = [self.write, self.evict, self.break_things] + [self.read] * 6
        threads = [threading.Thread(target=self.guarded, args=(work, number)) for number, work in enumerate(workers)]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + support.PATIENCE
        while not self.over.wait(0.02) and time.monotonic() < deadline:
            if all(self.seen.get(kind, 0) >= 20 for kind in wanted):
                break
        self.over.set()
        for thread in threads:
            thread.join()
        for redis in (self.redis, *self.readers):
            redis.close()
        if self.failure is not None:
            raise self.failure

    def guarded(self, work: "object", number: int) -> None:
        try:
            work(random.Random(number))  # type: ignore[operator]
        except BaseException as e:
            self.failure = e
            self.over.set()

    def write(self, chance: random.Random) -> None:
        while not self.over.is_set():
            self.database.commit(chance.randrange(ROWS))
            time.sleep(chance.choice((0, 0.001, 0.02)))

    def evict(self, chance: random.Random) -> None:
        done = 0
        while not self.over.is_set():
            held_at = self.invalidator.time()
            position = self.database.position()
            changed = {i for at in range(done, position) for i in range(ROWS) if self.moved(at, i)}
            self.invalidator.evict("u1", [row("task", i) for i in sorted(changed)])
            self.invalidator.publish(lsn(position), held_at)
            self.published = done = position
            # It lags now and then.
            time.sleep(0.3 if chance.random() < 0.05 else 0)

    def moved(self, at: int, i: int) -> bool:
        return self.database.history[at][i] != self.database.history[at + 1][i]

    def break_things(self, chance: random.Random) -> None:
        """Redis drops, at any time, what it may drop."""
        while not self.over.wait(0.02):
            what = chance.randrange(4)
            if what == 0:
                self.redis.execute_command("DEL", f"ctx:{{u1}}:~tag:task:{chance.randrange(ROWS)}")
            elif what == 1:
                self.redis.execute_command("DEL", "ctx:{u1}:~fences")
            elif what == 2:
                self.redis.execute_command("HDEL", "ctx:~position", "lsn", "held-at")
            else:
                self.redis.execute_command("SCRIPT", "FLUSH")

    def read(self, chance: random.Random) -> None:
        mine = 0
        while not self.over.is_set():
            cache = chance.choice(self.caches)
            # One row, or what is computed from all of them.
            which = chance.randrange(ROWS + 1)
            rows = range(ROWS) if which == ROWS else (which,)
            level, least = self.level(chance, which, mine)
            result = cache.get(Key("u1", "task", which, "own"), lambda: self.load(chance, rows), level)
            self.check(result, level, rows, least)
            assert result.position is not None
            mine = max(mine, result.position.low)

    def level(self, chance: random.Random, which: int, mine: int) -> Tuple[Level, int]:
        """A level, and the position up to which the answer must not miss any commit."""
        published = self.published
        # Sessions load often, and so refresh an entry. That of row 0 is left to grow old.
        level = chance.randrange(2 if which == 0 else 4)
        if level == 0:
            return bounded(0.1), max(published, self.database.position_at(time.time() - 0.1))
        if level == 1:
            return EVENTUAL, published
        if level == 2 and chance.random() < 0.2:
            return STRONG, self.database.position()
        written = max(mine, self.database.position() if chance.random() < 0.2 else 0)
        return session(lsn(written)), max(published, written)

    def load(self, chance: random.Random, rows: "range | Tuple[int, ...]") -> Loaded:
        position = self.database.position()
        versions = self.database.history[position]
        time.sleep(chance.choice((0, 0.001, 0.005)))
        return Loaded.of([versions[i] for i in rows], [row("task", i) for i in rows]).at(lsn(position), "1:1:")

    def check(self, result: Result, level: Level, rows: "range | Tuple[int, ...]", least: int) -> None:
        self.seen[str(result.status)] = self.seen.get(str(result.status), 0) + 1
        needed = [self.database.history[least][i] for i in rows]
        if any(got < need for got, need in zip(result.value, needed)):
            self.stale = f"{level}: {result.status} answered {result.value}, older than {needed} of position {least}"
            self.over.set()
