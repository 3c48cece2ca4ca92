# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""The text of an entry, which fill.lua writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Optional, Tuple

_BEGINNING = re.compile(
    rb'\{"tags":\["([^\]]*)"\](?:,"at":"([0-9A-Fa-f]+/[0-9A-Fa-f]+)")?(?:,"snapshot":"([0-9:,]*)")?,"value":'
)


@dataclass(frozen=True)
class Entry:
    """An entry, split without parsing its value."""

    tags: Tuple[str, ...]
    value: Optional[bytes]
    """The value's JSON; None if the entry says that there is none."""
    at: Optional[str]
    snapshot: Optional[str]


def parse_entry(text: bytes) -> Entry:
    """Splits an entry. Raises ValueError if it is none."""
    found = _BEGINNING.match(text)
    if not found or found.end() >= len(text):
        raise ValueError(f"not an entry: {len(text)} bytes without a value")
    value = text[found.end() : -1]
    tags = tuple(found[1].decode("ascii").split('","'))
    return Entry(tags, None if value == b"null" else value, _text(found[2]), _text(found[3]))


def _text(part: Optional[bytes]) -> Optional[str]:
    return None if part is None else part.decode("ascii")
