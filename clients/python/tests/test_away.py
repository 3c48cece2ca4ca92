# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""Redis is away, silent, or was restarted: the loader answers, and that is said."""

from __future__ import annotations

import unittest

from freshet_cache import Cache, Key, Loaded, Redis, Status, row

import servers
import support

KEY = Key("u1", "task", 42, "own")


def load() -> Loaded:
    return Loaded.of({"id": 42}, [row("task", 42)])


class AwayTest(unittest.TestCase):
    def test_where_there_is_no_redis_the_loader_answers(self) -> None:
        cache = Cache(f"redis://127.0.0.1:{servers.free_port()}", "ctx")
        with self.assertLogs("freshet_cache", "WARNING") as log:
            for _ in range(10):
                result = cache.get(KEY, load)
                self.assertEqual((result.status, result.value), (Status.BYPASS, {"id": 42}))
        self.assertEqual(len(log.output), 1)
        self.assertIn("reads are loaded", log.output[0])
        self.assertFalse(cache.redis_available)

    def test_a_redis_that_is_silent_is_left_alone_after_three_timeouts(self) -> None:
        silent = servers.SilentServer()
        self.addCleanup(silent.close)
        cache = Cache(self.redis(silent.url, timeout=0.05), "ctx", pause=3600.0)
        for _ in range(10):
            self.assertEqual(cache.get(KEY, load).status, Status.BYPASS)
        self.assertEqual(len(silent.connections), 3)

    def test_a_redis_that_is_back_is_asked_again(self) -> None:
        server = servers.OwnRedis(self)
        cache = Cache(self.redis(server.url), "ctx", pause=0.01)
        self.promise(server.url)
        self.assertEqual([cache.get(KEY, load).status for _ in range(2)], [Status.MISS, Status.HIT])
        server.stop()
        for _ in range(5):
            self.assertEqual(cache.get(KEY, load).status, Status.BYPASS)
        server.start()
        self.promise(server.url)
        with self.assertLogs("freshet_cache", "INFO") as log:
            support.wait_until(lambda: cache.get(KEY, load).status == Status.HIT)
        self.assertTrue(any("answers again" in line for line in log.output), log.output)
        self.assertTrue(cache.redis_available)

    def test_a_connection_that_was_closed_while_idle_costs_nothing(self) -> None:
        server = servers.OwnRedis(self)
        cache = Cache(self.redis(server.url), "ctx")
        self.promise(server.url)
        cache.get(KEY, load)
        server.stop()
        server.start()
        self.promise(server.url)
        self.assertEqual(cache.get(KEY, load).status, Status.MISS)

    def test_what_redis_refuses_to_do_is_loaded(self) -> None:
        class Refusing:
            def execute_command(self, *args: object) -> object:
                raise RuntimeError("NOPERM this user has no permissions")

        with self.assertLogs("freshet_cache", "WARNING") as log:
            self.assertEqual(Cache(Refusing(), "ctx").get(KEY, load).status, Status.BYPASS)
        self.assertIn("NOPERM", log.output[0])

    def redis(self, url: str, timeout: float = support.PATIENCE) -> Redis:
        redis = Redis(url, timeout=timeout)
        self.addCleanup(redis.close)
        return redis

    def promise(self, url: str) -> None:
        support.Invalidator(self.redis(url)).promise()


if __name__ == "__main__":
    unittest.main()
