# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""Reads while rows change: none is older than the published position, or than it asked for."""

import unittest
from unittest import mock

from freshet_cache import flight, store
from freshet_cache.calls import BEGIN, FILL, Script

import support
import world


class RaceTest(unittest.TestCase):
    def test_no_read_is_older_than_the_published_position(self) -> None:
        race = world.Race(support.redis_url())
        race.run(wanted={"hit", "miss", "refused", "behind", "bypass"})
        self.assertIsNone(race.stale)
        for status in ("hit", "miss", "refused", "behind", "bypass"):
            self.assertGreaterEqual(race.seen.get(status, 0), 20, f"too few reads with status {status}: {race.seen}")

    def test_the_race_finds_stale_reads_without_a_guard(self) -> None:
        mutants = {
            "fences do not count": ("FILL", FILL, "tonumber(fenced) >= token", "false"),
            "the position does not count": (
                "BEGIN",
                BEGIN,
                "high > leastHigh or high == leastHigh and low >= leastLow",
                "true",
            ),
            "the age of the position does not count": (
                "BEGIN",
                BEGIN,
                "age and age >= 0 and age <= tonumber(ARGV[7])",
                "true",
            ),
            "an entry that is not listed counts": (
                "BEGIN",
                BEGIN,
                "redis.call('SISMEMBER', ARGV[1] .. tag, key) == 0",
                "false",
            ),
        }
        for mutant, (name, script, guard, instead) in mutants.items():
            with self.subTest(mutant):
                self.assertEqual(script.text.count(guard), 1)
                with mock.patch.object(store, name, Script.of(script.text.replace(guard, instead))):
                    self.finds_something_stale()

    def test_the_race_finds_stale_reads_if_callers_share_any_load(self) -> None:
        def wait(self: "flight.Flight[object]", arrival: int, eventual: bool) -> object:
            self._landed.wait()
            return self._result

        with mock.patch.object(flight.Flight, "wait", wait):
            self.finds_something_stale()

    def finds_something_stale(self) -> None:
        race = world.Race(support.redis_url())
        race.run(wanted={"something stale"})
        self.assertIsNotNone(race.stale, f"nothing stale in {race.seen}")


if __name__ == "__main__":
    unittest.main()
