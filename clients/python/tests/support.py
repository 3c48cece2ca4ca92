# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""A Redis for tests, the test vectors, and the invalidator's two scripts."""

from __future__ import annotations

import json
import logging
import os
import time
import unittest
from pathlib import Path
from typing import Any, Callable, Iterable, Optional

from freshet_cache import EVENTUAL, SHARED, STRONG, Key, Level, Loaded, Redis, bounded, session

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
logging.getLogger("freshet_cache").addHandler(logging.NullHandler())

PATIENCE = 60.0
"""Seconds after which a test gives up waiting, on a machine under load."""


def vectors(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def script(name: str) -> str:
    return (VECTORS / "scripts" / f"{name}.lua").read_bytes().decode("utf-8")


def redis_url() -> str:
    """Of the server that the script `test` started. It is emptied."""
    url = os.environ.get("FRESHET_TEST_REDIS")
    if not url:
        raise unittest.SkipTest("FRESHET_TEST_REDIS is not set: run clients/python/test, which starts a Redis")
    return url


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("did not happen in time")
        time.sleep(0.005)


def key(read: "dict[str, Any]") -> Key:
    owner = SHARED if read["owner"] is None else read["owner"]
    return Key(owner, read["entity"], tuple(read["id"]), read["view"])


def level(level: "dict[str, Any]") -> Level:
    if level["name"] == "bounded":
        return bounded(level["maxAgeMillis"] / 1000)
    if level["name"] == "session":
        return session(level["position"])
    return STRONG if level["name"] == "strong" else EVENTUAL


def loaded(from_: "dict[str, Any]") -> Loaded:
    tags = from_["tags"]
    value = Loaded.absent(tags) if from_["json"] is None else Loaded.of_json(from_["json"], tags)
    if "at" in from_:
        value = value.at(from_["at"], from_["snapshot"])
    if "database" in from_:
        value = value.from_database(*from_["database"].split("/", 1))
    return value


class Invalidator:
    """Evicts and publishes in namespace ctx, as the invalidator does, by its scripts."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def promise(self, kinds: str = "task task/inherited project") -> None:
        """From now on tags of these kinds are evicted."""
        self._redis.execute_command("HSET", "ctx:~position", "covers", kinds, "covers-owned", kinds)

    def evict(self, owner: str, tags: Iterable[str]) -> None:
        left = list(tags)
        while left:
            prefix = f"ctx:{{{owner}}}:~"
            keys = [prefix + "fences", *(f"{prefix}tag:{tag}" for tag in left)]
            answer = self._eval("invalidate", keys, ["300000", "1000", "0", "10000", *left])
            left = left[answer[0] :]

    def publish(self, lsn: str, held_at: Optional[int] = None) -> None:
        master = self._eval("publish", ["ctx:~position"], [])[1]
        held = "" if held_at is None else str(held_at)
        answer = self._eval("publish", ["ctx:~position"], [master, held, "0", "", "", "lsn", lsn])
        assert answer[0] == 1, answer

    def time(self) -> int:
        """The time of Redis, in µs."""
        seconds, micros = self._redis.execute_command("TIME")
        return int(seconds) * 1_000_000 + int(micros)

    def _eval(self, name: str, keys: "list[str]", args: "list[Any]") -> Any:
        return self._redis.execute_command("EVAL", script(name), len(keys), *keys, *args)
