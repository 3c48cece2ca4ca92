# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""Connections to one Redis server, with the standard library alone."""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
from typing import Any, List, Optional, Union
from urllib.parse import unquote, urlsplit

Argument = Union[str, bytes, int]


class RedisError(Exception):
    """Redis answered with an error."""


class Redis:
    """Runs commands on one server, each on a connection of its own while it runs. Thread-safe, and safe to fork.

    The address is ``redis://host:6379``, or ``rediss://user:password@host:6379/0`` with TLS. A command that takes
    longer than the timeout, in seconds, fails with socket.timeout; that, and whatever else is wrong with a connection,
    is an OSError.
    """

    def __init__(
        self, url: str, timeout: float = 0.5, max_idle: int = 8, ssl_context: Optional[ssl.SSLContext] = None
    ) -> None:
        parts = urlsplit(url)
        database = parts.path.strip("/")
        if parts.scheme not in ("redis", "rediss") or not parts.hostname or not (database.isdigit() or not database):
            # Not the address itself: it may hold a password.
            raise ValueError(
                f"the address of Redis begins with '{parts.scheme}:', expected redis://host:6379 or"
                " rediss://user:password@host:6379/0"
            )
        if not timeout > 0:
            raise ValueError(f"timeout {timeout} is not positive")
        self._host, self._port = parts.hostname, parts.port or 6379
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._database = database
        tls = parts.scheme == "rediss"
        self._tls = (ssl_context or ssl.create_default_context()) if tls else None
        self._timeout = timeout
        self._max_idle = max_idle
        self._lock = threading.Lock()
        self._idle: List[_Connection] = []
        self._process = os.getpid()

    def execute_command(self, *args: Argument) -> Any:
        """Runs one command. Texts are answered as bytes, and an error of Redis is raised as RedisError."""
        deadline = time.monotonic() + self._timeout
        connection = self._take()
        if connection is not None:
            try:
                return self._run(connection, args, deadline)
            except ConnectionError:
                # The server was restarted, or closed what was idle for long. What the cache runs may be run twice.
                self.close()
        return self._run(self._connect(deadline), args, deadline)

    def close(self) -> None:
        """Closes the connections that are not in use."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _run(self, connection: _Connection, args: "tuple[Argument, ...]", deadline: float) -> Any:
        try:
            answer = connection.run(args, deadline)
        except BaseException:
            connection.close()
            raise
        with self._lock:
            if len(self._idle) < self._max_idle and self._process == os.getpid():
                self._idle.append(connection)
                connection = None  # type: ignore[assignment]
        if connection is not None:
            connection.close()
        if isinstance(answer, RedisError):
            raise answer
        return answer

    def _take(self) -> Optional[_Connection]:
        with self._lock:
            if self._process != os.getpid():
                # A fork: the parent goes on using these connections.
                for connection in self._idle:
                    connection.close()
                self._process, self._idle = os.getpid(), []
            return self._idle.pop() if self._idle else None

    def _connect(self, deadline: float) -> _Connection:
        plain = socket.create_connection((self._host, self._port), _left(deadline))
        try:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            used = self._tls.wrap_socket(plain, server_hostname=self._host) if self._tls else plain
            connection = _Connection(used)
            if self._password:
                user = (self._user,) if self._user else ()
                connection.greet(("AUTH", *user, self._password), deadline)
            if self._database not in ("", "0"):
                connection.greet(("SELECT", self._database), deadline)
            return connection
        except BaseException:
            plain.close()
            raise


class _Connection:
    """One connection, used by one thread at a time."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._received = bytearray()
        self._deadline = 0.0

    def greet(self, args: "tuple[Argument, ...]", deadline: float) -> None:
        answer = self.run(args, deadline)
        if isinstance(answer, RedisError):
            raise answer

    def run(self, args: "tuple[Argument, ...]", deadline: float) -> Any:
        self._deadline = deadline
        self._socket.settimeout(_left(deadline))
        self._socket.sendall(_packed(args))
        return self._answer()

    def close(self) -> None:
        self._socket.close()

    def _answer(self) -> Any:
        line = self._line()
        kind, rest = line[:1], line[1:]
        if kind == b"+":
            return rest
        if kind == b"-":
            return RedisError(rest.decode("utf-8", "replace"))
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == b"-1" else self._exactly(int(rest))
        if kind == b"*":
            return None if rest == b"-1" else [self._answer() for _ in range(int(rest))]
        raise ConnectionAbortedError("the server does not speak the protocol of Redis")

    def _line(self) -> bytes:
        while True:
            end = self._received.find(b"\r\n")
            if end >= 0:
                return self._cut(end)
            self._receive()

    def _exactly(self, size: int) -> bytes:
        while len(self._received) < size + 2:
            self._receive()
        return self._cut(size)

    def _cut(self, size: int) -> bytes:
        text = bytes(self._received[:size])
        del self._received[: size + 2]
        return text

    def _receive(self) -> None:
        self._socket.settimeout(_left(self._deadline))
        some = self._socket.recv(65536)
        if not some:
            raise ConnectionResetError("the server closed the connection")
        self._received += some


def _packed(args: "tuple[Argument, ...]") -> bytes:
    packed = [b"*%d\r\n" % len(args)]
    for arg in args:
        text = arg if isinstance(arg, bytes) else str(arg).encode("utf-8")
        packed.append(b"$%d\r\n%b\r\n" % (len(text), text))
    return b"".join(packed)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise socket.timeout("timed out")
    return left
