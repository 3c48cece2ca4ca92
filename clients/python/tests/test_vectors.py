# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""What a reader computes itself, held against clients/vectors."""

import unittest

from freshet_cache import SHARED, Key, Loaded, WalPosition, bounded, children, inherited, row
from freshet_cache import calls, entry, names

import support


class NamesTest(unittest.TestCase):
    vectors = support.vectors("names")

    def test_escapes(self) -> None:
        for case in self.vectors["escaped"]:
            with self.subTest(case):
                self.assertEqual(names.escape(case["value"]), case["escaped"])

    def test_names_keys(self) -> None:
        for case in self.vectors["keys"]:
            with self.subTest(case):
                of = names.KeyNames(case["namespace"])
                key = support.key(case)
                self.assertEqual(of.entry(key), case["entry"])
                self.assertEqual(of.fences(key.owner), case["fences"])
                self.assertEqual(of.tag_sets(key.owner), case["tagSets"])
                self.assertEqual(of.position(), case["position"])

    def test_names_tags(self) -> None:
        for case in self.vectors["tags"]:
            with self.subTest(case):
                if case["of"] == "children":
                    tag = children(case["entity"], case["id"], case["child"])
                else:
                    tag = {"row": row, "inherited": inherited}[case["of"]](case["entity"], case["id"])
                self.assertEqual(tag, case["tag"])

    def test_refuses_what_is_no_name(self) -> None:
        refused = self.vectors["refused"]
        for namespace in refused["namespaces"]:
            with self.subTest(namespace), self.assertRaises(ValueError):
                names.KeyNames(namespace)
        for name in refused["names"]:
            with self.subTest(name), self.assertRaises(ValueError):
                Key("u1", name, "42", "own")
            with self.subTest(name), self.assertRaises(ValueError):
                Key("u1", "task", "42", name)
        for id in refused["ids"]:
            with self.subTest(id), self.assertRaises(ValueError):
                row("task", id)
        for tag in refused["tags"]:
            with self.subTest(tag), self.assertRaises(ValueError):
                Loaded.of(1, [tag])

    def test_takes_numbers_as_ids_and_nobody_as_nobody(self) -> None:
        self.assertEqual(row("task", 42), "task:42")
        self.assertEqual(row("line", (7, "x")), "line:7,x")
        self.assertEqual(names.KeyNames("ctx").entry(Key(SHARED, "org", [1, 2], "own")), "ctx:{~}:org:1,2:own")
        for wrong in (None, True, 1.5, b"x"):
            with self.subTest(wrong), self.assertRaises(TypeError):
                row("task", [wrong])  # type: ignore[list-item]
        with self.assertRaisesRegex(TypeError, "SHARED"):
            Key(None, "task", 42, "own")  # type: ignore[arg-type]


class PositionsTest(unittest.TestCase):
    vectors = support.vectors("positions")

    def test_parses(self) -> None:
        for case in self.vectors["parsed"]:
            with self.subTest(case):
                position = WalPosition.parse(case["text"])
                self.assertEqual((position.high, position.low), (case["high"], case["low"]))
                self.assertEqual(position.system, case["system"])
                self.assertEqual((str(position), position.lsn), (case["printed"], case["lsn"]))

    def test_refuses_what_is_no_position(self) -> None:
        for text in self.vectors["refused"]:
            with self.subTest(text):
                self.assertIsNone(WalPosition.find(text))
                with self.assertRaisesRegex(ValueError, "pg_lsn"):
                    WalPosition.parse(text)

    def test_tells_the_later_one(self) -> None:
        for case in self.vectors["later"]:
            with self.subTest(case):
                one, other = WalPosition.parse(case["one"]), WalPosition.parse(case["other"])
                if case["later"] is None:
                    with self.assertRaisesRegex(ValueError, "different clusters"):
                        one.later(other)
                else:
                    self.assertEqual(str(one.later(other)), case["later"])


class EntriesTest(unittest.TestCase):
    vectors = support.vectors("entries")

    def test_parses(self) -> None:
        for case in self.vectors["entries"]:
            with self.subTest(case):
                parsed = entry.parse_entry(case["text"].encode("utf-8"))
                self.assertEqual(list(parsed.tags), case["tags"])
                self.assertEqual((parsed.at, parsed.snapshot), (case["at"], case["snapshot"]))
                self.assertEqual(parsed.value, None if case["json"] is None else case["json"].encode("utf-8"))

    def test_refuses_what_is_no_entry(self) -> None:
        for text in self.vectors["refused"]:
            with self.subTest(text), self.assertRaises(ValueError):
                entry.parse_entry(text.encode("utf-8"))


class CallsTest(unittest.TestCase):
    vectors = support.vectors("calls")

    def test_begins(self) -> None:
        for case in self.vectors["begin"]:
            with self.subTest(case):
                level = support.level(case["level"])
                call = calls.begin_call(names.KeyNames("ctx"), support.key(case["read"]), level, case["database"])
                self.assertEqual((call.keys, call.args), (case["keys"], case["args"]))

    def test_fills(self) -> None:
        for case in self.vectors["fill"]:
            with self.subTest(case):
                call = calls.fill_call(
                    names.KeyNames("ctx"),
                    support.key(case["read"]),
                    calls.Token(**case["token"]),
                    case["ttlMillis"],
                    support.loaded(case["loaded"]),
                    case["database"],
                )
                args = [arg.decode("utf-8") if isinstance(arg, bytes) else arg for arg in call.args]
                self.assertEqual((call.keys, args), (case["keys"], case["args"]))

    def test_refuses(self) -> None:
        refused = self.vectors["refused"]
        for millis in refused["maxAgesMillis"]:
            with self.subTest(millis), self.assertRaisesRegex(ValueError, "max age"):
                bounded(millis / 1000)
        for value in refused["loaded"]:
            with self.subTest(value), self.assertRaises(ValueError):
                support.loaded(value)
        for snapshot in refused["snapshots"]:
            with self.subTest(snapshot), self.assertRaisesRegex(ValueError, "snapshot"):
                Loaded.of(1, ["task:42"]).at("0/1", snapshot)

    def test_has_the_scripts_of_the_protocol(self) -> None:
        for name, ours in (("begin", calls.BEGIN), ("fill", calls.FILL)):
            with self.subTest(name):
                self.assertEqual(ours.text, support.script(name), f"copy clients/vectors/scripts/{name}.lua")


if __name__ == "__main__":
    unittest.main()
