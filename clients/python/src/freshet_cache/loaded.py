# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""What a loader answers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import Any, Iterable, NamedTuple, Optional, Tuple, Union

from .position import WalPosition

_TAG = re.compile(r'(?:(?!["\\\[\]])[!-}])+')
_SNAPSHOT = re.compile(r"[0-9]+:[0-9]+:[0-9,]*", re.ASCII)


class Database(NamedTuple):
    """A PostgreSQL database: ``system_identifier::text`` of ``pg_control_system()``, and ``current_database()``."""

    system: str
    name: str

    def __str__(self) -> str:
        return f"{self.system}/{self.name}"


@dataclass(frozen=True)
class Loaded:
    """A JSON text, or that there is none, with the tags of everything that it was computed from.

    A tag left out is a change that goes unnoticed. Make one with `of`, `of_json` or `absent`.
    """

    json: Optional[bytes] = field(repr=False)
    tags: Tuple[str, ...]
    position: Optional[WalPosition] = None
    snapshot: Optional[str] = None
    database: Optional[Database] = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "tags", tuple(dict.fromkeys(self.tags)))
        if not self.tags:
            raise ValueError("a cached value needs at least one tag, or no change could evict it")
        for tag in self.tags:
            if not _TAG.fullmatch(tag):
                raise ValueError(
                    f"tag '{tag}' has characters other than printable ASCII without \" [ \\ ] ~: escape ids"
                )
        if self.json is not None and not self.json:
            raise ValueError("an empty text is not JSON")
        if self.json == b"null":
            object.__setattr__(self, "json", None)

    @staticmethod
    def of(value: Any, tags: Iterable[str]) -> Loaded:
        """A value that the module json can write. None means the same as `absent`."""
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return Loaded.of_json(text, tags)

    @staticmethod
    def of_json(text: Union[str, bytes], tags: Iterable[str]) -> Loaded:
        """A JSON text, as ``row_to_json(t)::text`` gives it. It is not checked."""
        return Loaded(text.encode("utf-8") if isinstance(text, str) else bytes(text), _all(tags))

    @staticmethod
    def absent(tags: Iterable[str]) -> Loaded:
        """What was asked for does not exist. The tags are those that its creation purges."""
        return Loaded(None, _all(tags))

    def at(self, position: str, snapshot: str) -> Loaded:
        """The same, with the point in PostgreSQL's history at which it was read. Sessions use the position.

        Query both in the loader's own transaction, the position after the snapshot was taken:
        ``pg_current_wal_insert_lsn()`` and ``pg_current_snapshot()``, as text.
        """
        if not _SNAPSHOT.fullmatch(snapshot):
            raise ValueError(f"snapshot '{snapshot}' is not of the form of pg_snapshot, such as 790:795:791")
        return replace(self, position=WalPosition.parse(position).of_system(None), snapshot=snapshot)

    def from_database(self, system: str, name: str) -> Loaded:
        """The same, with the database that it was read from.

        From then on the cache takes and stores nothing where the invalidator works on another database.
        """
        return replace(self, database=Database(system, name))

    @property
    def trace(self) -> str:
        """The text between the tags and the value of its entry."""
        return "" if self.position is None else f'"at":"{self.position.lsn}","snapshot":"{self.snapshot}",'


def _all(tags: Iterable[str]) -> Tuple[str, ...]:
    if isinstance(tags, str):
        raise TypeError("the tags are one str, expected several tags, such as [row('task', 42)]")
    return tuple(tags)
