# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""Servers that are away, silent, or started for one test."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import threading
import time
import unittest
from typing import List

from freshet_cache import Redis

import support


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class SilentServer:
    """Takes connections, and answers nothing."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._server.getsockname()[1]}"
        self.connections: List[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        try:
            while True:
                self.connections.append(self._server.accept()[0])
        except OSError:
            pass

    def close(self) -> None:
        # Wakes the thread that waits for the next one.
        self._server.shutdown(socket.SHUT_RDWR)
        for connection in [self._server, *self.connections]:
            connection.close()


class OwnRedis:
    """A server that a test may stop and start. Its address stays."""

    def __init__(self, test: unittest.TestCase) -> None:
        self._binary = os.environ.get("FRESHET_TEST_REDIS_SERVER")
        if not self._binary:
            test.skipTest("FRESHET_TEST_REDIS_SERVER names no binary of Redis: run clients/python/test")
        self._port = free_port()
        self._folder = tempfile.TemporaryDirectory()
        self.url = f"redis://127.0.0.1:{self._port}"
        self.start()
        test.addCleanup(self._folder.cleanup)
        test.addCleanup(self.stop)

    def start(self) -> None:
        command = [str(self._binary), "--port", str(self._port), "--bind", "127.0.0.1", "--save", ""]
        self._process = subprocess.Popen(command, cwd=self._folder.name, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + support.PATIENCE
        while True:
            try:
                redis = Redis(self.url, timeout=support.PATIENCE)
                redis.execute_command("PING")
                redis.close()
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
