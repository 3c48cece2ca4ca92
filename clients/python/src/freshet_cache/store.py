# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""The calls to Redis, and what keeps a Redis that is away from slowing down every read."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any, List, Optional, Protocol, Union

from .calls import BEGIN, FILL, Begun, Call, Script, Token
from .level import Level
from .loaded import Loaded
from .names import Key, KeyNames
from . import calls

_LOG = logging.getLogger("freshet_cache")
_FAILURES = 3


class RedisClient(Protocol):
    """All that the cache needs of a client. Those of redis-py and valkey-py have it."""

    def execute_command(self, *args: Any) -> Any: ...


class RedisUnavailable(Exception):
    """Redis did not do what it was asked. The read goes on without it."""


class Store:
    """``begin`` and ``fill``, one round trip each. Thread-safe.

    After three failures in a row Redis is not asked for a pause, then once a pause until it answers.
    """

    def __init__(self, redis: RedisClient, names: KeyNames, pause: float) -> None:
        self._redis = redis
        self._names = names
        self._pause = pause
        self._lock = threading.Lock()
        self._failures = 0
        self._next_try = 0.0

    @property
    def available(self) -> bool:
        """Whether Redis answered when it was asked last."""
        return self._failures == 0

    def begin(self, key: Key, level: Level, database: str) -> Begun:
        return Begun.of(_bytes(self._run(BEGIN, calls.begin_call(self._names, key, level, database))))

    def fill(self, key: Key, token: Token, ttl_ms: int, loaded: Loaded, database: str) -> str:
        call = calls.fill_call(self._names, key, token, ttl_ms, loaded, database)
        return _bytes([self._run(FILL, call)])[0].decode("ascii")  # type: ignore[union-attr]

    def _run(self, script: Script, call: Call) -> Any:
        if not self._permitted():
            raise RedisUnavailable("Redis failed repeatedly and is left alone for a moment")
        try:
            answer = self._evalsha(script, call)
        except Exception as failure:  # Which classes a client raises is its own affair.
            self._failed(failure)
            raise RedisUnavailable(str(failure)) from failure
        self._answered()
        return answer

    def _evalsha(self, script: Script, call: Call) -> Any:
        command = ("EVALSHA", script.digest, len(call.keys), *call.keys, *call.args)
        try:
            return self._redis.execute_command(*command)
        except Exception as failure:
            if not _is_no_script(failure):
                raise
        self._redis.execute_command("SCRIPT", "LOAD", script.text)
        return self._redis.execute_command(*command)

    def _permitted(self) -> bool:
        with self._lock:
            if self._failures < _FAILURES:
                return True
            now = time.monotonic()
            if now < self._next_try:
                return False
            self._next_try = now + self._pause
            return True

    def _failed(self, failure: Exception) -> None:
        with self._lock:
            self._failures += 1
            self._next_try = time.monotonic() + self._pause
            first = self._failures == 1
        if first:
            _LOG.warning("Redis did not answer, reads are loaded: %s: %s", type(failure).__name__, failure)

    def _answered(self) -> None:
        if self._failures:
            with self._lock:
                self._failures = 0
            _LOG.info("Redis answers again")


def _is_no_script(failure: Exception) -> bool:
    # redis-py has a class for it, whose text lacks the code.
    return str(failure).startswith("NOSCRIPT") or type(failure).__name__ == "NoScriptError"


def _bytes(answer: List[Union[bytes, str, None]]) -> List[Optional[bytes]]:
    """A client may be set up to decode what it receives."""
    return [part.encode("utf-8") if isinstance(part, str) else part for part in answer]
