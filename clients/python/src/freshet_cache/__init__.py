# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""Reads values that Freshet keeps coherent with PostgreSQL, through Redis."""

from .cache import Cache, Loader, Result, Status
from .level import EVENTUAL, LEAST_MAX_AGE, STRONG, Bounded, Level, Session, bounded, session
from .loaded import Database, Loaded
from .names import SHARED, Key, children, inherited, row
from .position import ForeignPositionError, WalPosition
from .resp import Redis, RedisError
from .store import RedisClient

__all__ = [
    "Bounded",
    "Cache",
    "Database",
    "EVENTUAL",
    "ForeignPositionError",
    "Key",
    "LEAST_MAX_AGE",
    "Level",
    "Loaded",
    "Loader",
    "Redis",
    "RedisClient",
    "RedisError",
    "Result",
    "SHARED",
    "STRONG",
    "Session",
    "Status",
    "WalPosition",
    "bounded",
    "children",
    "inherited",
    "row",
    "session",
]
