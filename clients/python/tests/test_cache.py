# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""What a cache answers, and what it asks Redis for."""

from __future__ import annotations

import os
import threading
import unittest
import warnings
from pathlib import Path
from typing import Any, Callable, List, Optional

from freshet_cache import EVENTUAL, STRONG, Cache, Key, Loaded, Redis, RedisError, Status, bounded, row, session

import support

KEY = Key("u1", "task", 42, "own")
TAGS = [row("task", 42)]


class CacheTest(unittest.TestCase):
    def setUp(self) -> None:
        self.redis = Redis(support.redis_url(), timeout=support.PATIENCE)
        self.addCleanup(self.redis.close)
        self.redis.execute_command("FLUSHALL")
        self.invalidator = support.Invalidator(self.redis)
        self.invalidator.promise()
        self.cache = Cache(self.redis, "ctx")
        self.loads = 0

    def load(self, value: Any = None) -> Callable[[], Loaded]:
        def loader() -> Loaded:
            self.loads += 1
            return Loaded.of({"load": self.loads} if value is None else value, TAGS)

        return loader

    def test_a_value_is_loaded_once_until_it_is_evicted(self) -> None:
        for expected in (Status.MISS, Status.HIT, Status.HIT):
            result = self.cache.get(KEY, self.load())
            self.assertEqual((result.status, result.value), (expected, {"load": 1}))
        self.invalidator.evict("u1", TAGS)
        self.assertEqual(self.cache.get(KEY, self.load()).value, {"load": 2})

    def test_what_does_not_exist_is_cached_too_and_not_for_as_long(self) -> None:
        for expected in (Status.MISS, Status.HIT):
            result = self.cache.get(KEY, lambda: Loaded.absent(TAGS))
            self.assertEqual((result.status, result.exists, result.value), (expected, False, None))
        self.assertLessEqual(self.redis.execute_command("PTTL", "ctx:{u1}:task:42:own"), 33_000)

    def test_a_value_is_the_same_from_the_loader_and_from_redis(self) -> None:
        value = {"name": "Zoë 😀", "quotes": '"]}', "list": [1, 2.5, None, True], "empty": {}}
        results = [self.cache.get(KEY, self.load(value)) for _ in range(2)]
        self.assertEqual([result.status for result in results], [Status.MISS, Status.HIT])
        for result in results:
            self.assertEqual(result.value, value)

    def test_the_value_is_not_printed(self) -> None:
        result = self.cache.get(KEY, self.load("secret"))
        self.assertNotIn("secret", repr(result) + repr(Loaded.of("secret", TAGS)))

    def test_a_session_reads_its_own_write(self) -> None:
        self.cache.get(KEY, self.load())
        self.invalidator.publish("0/10")
        self.assertEqual(self.cache.get(KEY, self.load(), session("0/10")).status, Status.HIT)
        self.assertEqual(self.cache.get(KEY, self.load(), session("0/11")).status, Status.BEHIND)
        self.assertEqual(self.cache.get(KEY, self.load(), STRONG).status, Status.BYPASS)
        self.assertEqual(self.loads, 3)

    def test_a_bound_is_left_for_the_invalidator(self) -> None:
        self.cache.get(KEY, self.load(), bounded(0.25))
        self.assertEqual(self.redis.execute_command("HGET", "ctx:~position", "wanted"), b"250000")

    def test_what_the_loader_raises_is_raised_and_not_cached(self) -> None:
        def broken() -> Loaded:
            raise KeyError("no such table")

        with self.assertRaisesRegex(KeyError, "no such table"):
            self.cache.get(KEY, broken)
        self.assertEqual(self.cache.get(KEY, self.load()).status, Status.MISS)

    def test_a_loader_that_answers_something_else_is_told_so(self) -> None:
        with self.assertRaisesRegex(TypeError, "answered a dict, expected Loaded"):
            self.cache.get(KEY, lambda: {"id": 42})  # type: ignore[arg-type, return-value]

    def test_a_loader_that_asks_for_its_own_key_is_refused(self) -> None:
        def own() -> Loaded:
            self.cache.get(KEY, self.load())
            return Loaded.of(1, TAGS)

        with self.assertRaisesRegex(RuntimeError, "the very key that it loads"):
            self.cache.get(KEY, own)

    def test_a_loader_may_read_another_key(self) -> None:
        other = Key("u1", "task", 43, "own")
        result = self.cache.get(KEY, lambda: Loaded.of(self.cache.get(other, self.load()).value, TAGS))
        self.assertEqual(result.value, {"load": 1})

    def test_scripts_that_redis_forgot_are_loaded_again(self) -> None:
        self.cache.get(KEY, self.load())
        self.redis.execute_command("SCRIPT", "FLUSH")
        self.assertEqual(self.cache.get(KEY, self.load()).status, Status.HIT)

    def test_a_client_may_decode_what_it_receives(self) -> None:
        redis = self.redis

        class Decoding:
            def execute_command(self, *args: Any) -> Any:
                return decoded(redis.execute_command(*args))

        cache = Cache(Decoding(), "ctx")
        results = [cache.get(KEY, self.load({"name": "Zoë"})) for _ in range(2)]
        self.assertEqual([result.status for result in results], [Status.MISS, Status.HIT])
        self.assertEqual(results[1].value, {"name": "Zoë"})

    def test_the_rights_of_a_reader_are_enough(self) -> None:
        acl = (Path(__file__).resolve().parents[3] / "deploy" / "redis" / "users.acl").read_text("utf-8")
        rights = next(line for line in acl.splitlines() if line.startswith("user reader "))
        rights = rights.replace("#@READER_SHA256@", ">p@ss/word").replace("@NAMESPACE@", "ctx")
        # Redis 7.0 does not know this one, and it is not used.
        rights = rights.replace(" +client|setinfo", "")
        self.redis.execute_command("ACL", "SETUSER", *rights.split()[1:])
        self.addCleanup(self.redis.execute_command, "ACL", "DELUSER", "reader")
        address = support.redis_url().replace("redis://", "redis://reader:p%40ss%2Fword@")
        reader = Redis(address, timeout=support.PATIENCE)
        self.addCleanup(reader.close)
        with self.assertRaisesRegex(RedisError, "NOPERM"):
            reader.execute_command("FLUSHALL")
        cache = Cache(reader, "ctx")
        self.invalidator.publish("0/10")
        # Nobody has told when that position was held.
        for level, expected in ((bounded(0.1), Status.BEHIND), (session("0/10"), Status.HIT)):
            self.assertEqual(cache.get(KEY, self.load(), level).status, expected)

    def test_mistakes_in_settings_are_named(self) -> None:
        for wrong, named in (
            ({"ttl": 0}, "ttl 0"),
            ({"ttl_jitter": 1}, "ttl_jitter 1"),
            ({"max_value_bytes": 0}, "0"),
            ({"pause": -1.0}, "pause -1.0"),
            ({"namespace": "Ctx"}, "'Ctx'"),
        ):
            with self.subTest(named), self.assertRaisesRegex(ValueError, named):
                Cache(self.redis, **{"namespace": "ctx", **wrong})  # type: ignore[arg-type]
        for address in ("http://host", "redis://", "host:6379", "redis://u:p4ss@host/x"):
            with self.subTest(address), self.assertRaisesRegex(ValueError, "^(?!.*p4ss).*expected redis://host:6379"):
                Cache(address, "ctx")

    def test_one_text_is_not_taken_for_its_letters(self) -> None:
        with self.assertRaisesRegex(TypeError, "one str, expected several tags"):
            Loaded.of(1, "task:42")

    def test_what_is_no_level_is_not_taken_for_the_weakest(self) -> None:
        for wrong in ("strong", None, 0.5):
            with self.subTest(wrong), self.assertRaisesRegex(TypeError, "expected EVENTUAL, STRONG"):
                self.cache.get(KEY, self.load(), wrong)  # type: ignore[arg-type]

    def test_why_nothing_is_cached_is_said_once(self) -> None:
        self.invalidator.promise("project")
        with self.assertLogs("freshet_cache", "WARNING") as log:
            for _ in range(3):
                self.assertEqual(self.cache.get(KEY, self.load()).status, Status.UNCOVERED)
        self.assertEqual(len(log.output), 1)
        self.assertIn("`tags: true` for entity task", log.output[0])
        self.assertIn("does not evict tags of the kinds task", self.cache.uncached or "")
        self.redis.execute_command("DEL", "ctx:~position")
        with self.assertLogs("freshet_cache", "WARNING") as log:
            for _ in range(3):
                self.assertEqual(self.cache.get(KEY, self.load()).status, Status.NO_INVALIDATOR)
        self.assertEqual(len(log.output), 1)
        self.assertEqual(self.cache.uncached, "no invalidator publishes in namespace ctx")

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_a_forked_process_has_connections_of_its_own(self) -> None:
        self.cache.get(KEY, self.load())
        mine = self.redis.execute_command("CLIENT", "ID")
        read, write = os.pipe()
        with warnings.catch_warnings():
            # Python warns of forks where there are threads. This child needs none of them.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            try:
                os.write(write, str(self.redis.execute_command("CLIENT", "ID")).encode())
            finally:
                os._exit(0)
        os.close(write)
        with os.fdopen(read) as told:
            others = int(told.read())
        os.waitpid(child, 0)
        self.assertNotEqual(others, mine)
        self.assertEqual(self.redis.execute_command("CLIENT", "ID"), mine)


class OneLoadTest(unittest.TestCase):
    """Callers of one key in one process."""

    def setUp(self) -> None:
        self.redis = Redis(support.redis_url(), timeout=support.PATIENCE)
        self.addCleanup(self.redis.close)
        self.redis.execute_command("FLUSHALL")
        self.invalidator = support.Invalidator(self.redis)
        self.invalidator.promise()
        self.cache = Cache(self.redis, "ctx")
        self.loads = 0
        self.begun = threading.Event()
        self.go_on = threading.Event()

    def slow(self) -> Loaded:
        self.loads += 1
        value = self.loads
        self.begun.set()
        self.go_on.wait(support.PATIENCE)
        return Loaded.of(value, TAGS)

    def read(self, level: Any, loader: Optional[Callable[[], Loaded]] = None) -> "tuple[threading.Thread, List[Any]]":
        answers: List[Any] = []

        def run() -> None:
            try:
                answers.append(self.cache.get(KEY, loader or self.slow, level).value)
            except ValueError as e:
                answers.append(e)

        thread = threading.Thread(target=run)
        thread.start()
        return thread, answers

    def test_callers_of_a_cold_key_share_one_load(self) -> None:
        self.go_on.set()
        readers = [self.read(EVENTUAL) for _ in range(16)]
        for thread, answers in readers:
            thread.join()
            self.assertEqual(answers, [1])
        self.assertEqual(self.loads, 1)

    def test_who_asks_for_more_than_the_cache_as_it_stands_shares_no_load_that_began_before(self) -> None:
        self.invalidator.publish("0/10")
        first, first_answers = self.read(EVENTUAL)
        self.begun.wait(support.PATIENCE)
        # The write that this caller knows of came after the load began.
        second, second_answers = self.read(session("0/11"))
        self.wait_for_waiter()
        self.go_on.set()
        first.join()
        second.join()
        self.assertEqual((first_answers, second_answers), ([1], [2]))

    def test_a_load_that_was_refused_is_nobody_elses(self) -> None:
        first, first_answers = self.read(EVENTUAL)
        self.begun.wait(support.PATIENCE)
        self.invalidator.evict("u1", TAGS)
        second, second_answers = self.read(EVENTUAL)
        self.wait_for_waiter()
        self.go_on.set()
        first.join()
        second.join()
        self.assertEqual((first_answers, second_answers), ([1], [2]))

    def test_who_waits_gets_what_the_loader_raised(self) -> None:
        first, first_answers = self.read(EVENTUAL, self.failing)
        self.begun.wait(support.PATIENCE)
        second, second_answers = self.read(EVENTUAL, self.failing)
        self.wait_for_waiter()
        self.go_on.set()
        first.join()
        second.join()
        self.assertEqual([str(answer) for answer in first_answers + second_answers], ["no such table"] * 2)
        self.assertEqual(self.loads, 1)

    def failing(self) -> Loaded:
        self.slow()
        raise ValueError("no such table")

    def wait_for_waiter(self) -> None:
        """Until the second caller waits for the load of the first one."""
        flight = self.cache._flights._standing["ctx:{u1}:task:42:own"]
        support.wait_until(lambda: len(flight._landed._cond._waiters) > 0)  # type: ignore[attr-defined]


def decoded(answer: Any) -> Any:
    if isinstance(answer, list):
        return [decoded(part) for part in answer]
    return answer.decode("utf-8") if isinstance(answer, bytes) else answer


if __name__ == "__main__":
    unittest.main()
