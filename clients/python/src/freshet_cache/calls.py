# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""What the two scripts of a reader are called with. No I/O."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, List, NamedTuple, Optional, Union

from .level import Bounded, Level, Session
from .loaded import Loaded
from .names import Key, KeyNames, Owner, Shared

FENCE_LIFETIME_MS: Final = 300_000
"""How long the invalidator keeps a fence. Both sides must go by the same."""


@dataclass(frozen=True)
class Script:
    """A Lua script of the protocol. It is run by its digest, so that nobody needs the right to EVAL."""

    text: str
    digest: str

    @staticmethod
    def of(text: str) -> Script:
        return Script(text, hashlib.sha1(text.encode("utf-8")).hexdigest())


def _read(name: str) -> Script:
    return Script.of((Path(__file__).parent / "scripts" / name).read_bytes().decode("utf-8"))


BEGIN: Final = _read("begin.lua")
FILL: Final = _read("fill.lua")


class Token(NamedTuple):
    """When a load began, in µs by the time of the owner, and which fence set told it."""

    created: str
    time: str


class Call(NamedTuple):
    """The keys and arguments of one call of a script."""

    keys: List[str]
    args: List[Union[str, bytes]]


def begin_call(names: KeyNames, key: Key, level: Level, database: str) -> Call:
    """Asks for an entry, or a token. The database is ``<system identifier>/<name>``, or empty if it is not known."""
    args: List[Union[str, bytes]] = [names.tag_sets(key.owner), str(FENCE_LIFETIME_MS)]
    args += [names.position(), _coverage(key.owner), database]
    if isinstance(level, Session):
        # In two halves: a number in Redis' Lua holds 53 bits.
        args += ["session", str(level.position.high), str(level.position.low), level.position.system or ""]
    elif isinstance(level, Bounded):
        args += ["bounded", str(level.microseconds)]
    return Call([names.fences(key.owner), names.entry(key)], args)


def fill_call(names: KeyNames, key: Key, token: Token, ttl_ms: int, loaded: Loaded, database: str) -> Call:
    """Offers a loaded value. The database counts only if the loader told none."""
    known = database if loaded.database is None else str(loaded.database)
    value = b"null" if loaded.json is None else loaded.json
    args: List[Union[str, bytes]] = [token.created, token.time, str(FENCE_LIFETIME_MS), str(ttl_ms)]
    args += [loaded.trace, value, names.position(), _coverage(key.owner), known, *loaded.tags]
    sets = [names.tag_sets(key.owner) + tag for tag in loaded.tags]
    return Call([names.fences(key.owner), names.entry(key), *sets], args)


class Begun(NamedTuple):
    """The answer to ``begin``."""

    entry: Optional[bytes] = None
    token: Optional[Token] = None
    hindrance: Optional[str] = None
    """``behind``, ``no-invalidator``, ``foreign`` or ``uncovered <kind>``; None if nothing is in the way."""

    @staticmethod
    def of(answer: List[Optional[bytes]]) -> Begun:
        if len(answer) == 1:
            return Begun(entry=answer[0])
        _, created, time, hindrance = (*answer, None)[:4]
        token = None if created is None or time is None else Token(created.decode("ascii"), time.decode("ascii"))
        return Begun(token=token, hindrance=None if hindrance is None else hindrance.decode("ascii"))


def _coverage(owner: Owner) -> str:
    return "covers" if isinstance(owner, Shared) else "covers-owned"
