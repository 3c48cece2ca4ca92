# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""Says, once, why values are not cached."""

from __future__ import annotations

import logging
import threading
import time
from typing import Optional, Set

_LOG = logging.getLogger("freshet_cache")
_MOST_KINDS = 100
_REMEMBERED = 300.0


class Refusals:
    """Why reads and fills were refused lately. Thread-safe."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace
        self._lock = threading.Lock()
        self._standing: Optional[str] = None
        self._kinds: Set[str] = set()
        self._last_uncovered = 0.0

    def note(self, hindrance: Optional[str]) -> None:
        """What a script answered instead of doing what it was asked; None if it did that."""
        why, _, kind = (hindrance or "").partition(" ")
        if why == "uncovered":
            self._uncovered(kind)
        elif why in ("no-invalidator", "foreign"):
            self._unserved(why)
        elif not why and self._standing is not None:
            self._standing = None
            _LOG.info("an invalidator publishes in namespace %s: values are cached", self._namespace)

    @property
    def problem(self) -> Optional[str]:
        """Why no value is cached, if that is so; else why some are not."""
        standing = self._standing
        if standing == "no-invalidator":
            return f"no invalidator publishes in namespace {self._namespace}"
        if standing == "foreign":
            return f"the invalidator of namespace {self._namespace} works on another database"
        with self._lock:
            if not self._kinds or time.monotonic() - self._last_uncovered > _REMEMBERED:
                return None
            kinds = ", ".join(sorted(self._kinds))
        return f"the invalidator of namespace {self._namespace} does not evict tags of the kinds {kinds}"

    def _unserved(self, why: str) -> None:
        with self._lock:
            if self._standing == why:
                return
            self._standing = why
        if why == "foreign":
            _LOG.warning(
                "the invalidator that publishes in namespace %s works on another database than this reader: every read"
                " is loaded and nothing is cached. Give each database a namespace of its own, in the mapping and here",
                self._namespace,
            )
        else:
            _LOG.warning(
                "no invalidator publishes in namespace %s: every read is loaded and nothing is cached until one does."
                " Start `freshet invalidator run` on this Redis, with a mapping that says `namespace: %s`",
                self._namespace,
                self._namespace,
            )

    def _uncovered(self, kind: str) -> None:
        with self._lock:
            self._last_uncovered = time.monotonic()
            if kind in self._kinds or len(self._kinds) >= _MOST_KINDS:
                return
            self._kinds.add(kind)
        entity, _, facet = kind.partition("/")
        parent = "" if not facet else " and an entity whose `parent` it is"
        if facet and facet != "inherited":
            parent = f" and an entity {facet} whose `parent` it is"
        _LOG.warning(
            "values with tags of the kind %s are not cached: the invalidator of namespace %s evicts none of these. Every"
            " read of them is loaded. In its mapping expected: `tags: true` for entity %s%s, and an `isolate` if its"
            " rows have owners; then these values are entries of the owner, not shared ones",
            kind,
            self._namespace,
            entity,
            parent,
        )
