# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""The names of keys and tags in Redis. docs/keys-and-tags.md of Freshet specifies them."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import Final, Sequence, Union

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._@+")
_NAME = re.compile(r"[A-Za-z0-9._@+=%-][A-Za-z0-9._@+=%~-]*")
_NAMESPACE = re.compile(r"[a-z][a-z0-9-]*")


class Shared(enum.Enum):
    """The type of `SHARED`."""

    SHARED = "~"


SHARED: Final = Shared.SHARED
"""The owner of entries whose rows have no owner."""

Owner = Union[str, Shared]
Id = Union[str, int, Sequence[Union[str, int]]]


def escape(value: str) -> str:
    """Percent-encodes all but ``A-Z a-z 0-9 - . _ @ +``, so that no value can break out of its part of a key."""
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in value.encode("utf-8"))


def row(entity: str, id: Id) -> str:
    """The tag of a row itself. The parts of a composite id are given in the order of the mapping."""
    return f"{entity}:{_id_of(id)}"


def inherited(entity: str, id: Id) -> str:
    """The tag of what descendants inherit from a row."""
    return row(entity, id) + "/inherited"


def children(entity: str, id: Id, child_entity: str) -> str:
    """The tag of the list of a row's children of one entity."""
    return f"{row(entity, id)}/{child_entity}"


@dataclass(frozen=True)
class Key:
    """What is cached: one view of one row of one owner.

    All that the value is computed from must belong to that owner. Of the names of entity and view, every character
    must be a letter, a digit or one of ``- . _ @ + ~ = %``, and the first one not ``~``. The id may be any text, or
    several for a composite id.
    """

    owner: Owner
    entity: str
    id: Id
    view: str

    def __post_init__(self) -> None:
        _check_owner(self.owner)
        _check_name("entity", self.entity)
        _check_name("view", self.view)
        parts = self.id if isinstance(self.id, (str, int)) else tuple(self.id)
        _id_of(parts)
        object.__setattr__(self, "id", parts)


class KeyNames:
    """The keys of one namespace, which is that of the invalidator's mapping."""

    def __init__(self, namespace: str) -> None:
        if not _NAMESPACE.fullmatch(namespace):
            raise ValueError(f"namespace '{namespace}' is not of the form {_NAMESPACE.pattern}")
        self.namespace = namespace

    def entry(self, key: Key) -> str:
        return f"{self._prefix(key.owner)}{row(key.entity, key.id)}:{key.view}"

    def fences(self, owner: Owner) -> str:
        return self._prefix(owner) + "~fences"

    def tag_sets(self, owner: Owner) -> str:
        """The prefix of the sets of an owner's tags; the tag follows."""
        return self._prefix(owner) + "~tag:"

    def position(self) -> str:
        return self.namespace + ":~position"

    def _prefix(self, owner: Owner) -> str:
        return f"{self.namespace}:{{{_hash_tag(owner)}}}:"


def _hash_tag(owner: Owner) -> str:
    _check_owner(owner)
    if isinstance(owner, Shared):
        return "~"
    # Redis Cluster would take no notice of empty braces. Text in PostgreSQL has no NUL, so this is nobody else's.
    return escape(owner) or "%00"


def _id_of(id: Id) -> str:
    if isinstance(id, (str, int)):
        id = (id,)
    if not id:
        raise ValueError("an id needs at least one part")
    for part in id:
        if isinstance(part, bool) or not isinstance(part, (str, int)):
            raise TypeError(
                f"a part of an id is a {type(part).__name__}, expected a str as PostgreSQL prints it, or an int"
            )
    return ",".join(escape(str(part)) for part in id)


def _check_owner(owner: object) -> None:
    if not isinstance(owner, (str, Shared)):
        raise TypeError(f"the owner is a {type(owner).__name__}, expected a str, or SHARED for rows without an owner")


def _check_name(what: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{what} '{name}' is not of the form {_NAME.pattern}")
