# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""Reads through a real Redis, held against clients/vectors/reads.json."""

from __future__ import annotations

import unittest
from typing import Any

from freshet_cache import Cache, Database, ForeignPositionError, Loaded, Redis
from freshet_cache.names import KeyNames

import support


class ReadsTest(unittest.TestCase):
    redis: Redis

    @classmethod
    def setUpClass(cls) -> None:
        cls.redis = Redis(support.redis_url(), timeout=support.PATIENCE)
        cls.addClassCleanup(cls.redis.close)

    def test_reads(self) -> None:
        for case in support.vectors("reads")["reads"]:
            with self.subTest(case["name"]):
                self.read(case)

    def read(self, case: "dict[str, Any]") -> None:
        self.redis.execute_command("FLUSHALL")
        for command in case["given"]:
            self.redis.execute_command(*command)
        if "heldAgoMillis" in case:
            held = support.Invalidator(self.redis).time() - 1000 * case["heldAgoMillis"]
            self.redis.execute_command("HSET", "ctx:~position", "held-at", held)
        database = Database(*case["database"].split("/", 1)) if "database" in case else None
        cache = Cache(self.redis, "ctx", database=database, max_value_bytes=case.get("maxValueBytes", 1 << 20))
        key, then = support.key(case["read"]), case["then"]
        if then.get("error") == "foreign-position":
            with self.assertRaisesRegex(ForeignPositionError, "another PostgreSQL cluster"):
                cache.get(key, lambda: self.load(case), support.level(case["level"]))
        else:
            result = cache.get(key, lambda: self.load(case), support.level(case["level"]))
            self.assertEqual(str(result.status), then["status"])
            self.assertEqual(result.json, None if then["json"] is None else then["json"].encode("utf-8"))
            self.assertEqual(result.position and str(result.position), then["position"])
        stored = self.redis.execute_command("GET", KeyNames("ctx").entry(key))
        self.assertEqual(stored and stored.decode("utf-8"), then["stored"])

    def load(self, case: "dict[str, Any]") -> Loaded:
        self.assertIsNotNone(case["loaded"], "nothing was to be loaded")
        for step in case.get("during", []):
            if "command" in step:
                self.redis.execute_command(*step["command"])
            else:
                text, keys = support.script(step["script"]), step["keys"]
                self.redis.execute_command("EVAL", text, len(keys), *keys, *step["args"])
        return support.loaded(case["loaded"])


if __name__ == "__main__":
    unittest.main()
