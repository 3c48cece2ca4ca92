# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""Cache-aside, as applications have it: GET, else a query and SETEX. It knows nothing of Freshet."""

import json
import os
import sys

import psycopg2
import redis

TTL = 300  # seconds


class Reader:
    """Answers by key. What is cached of a row or a list is the text of a JSON value."""

    def __init__(self):
        self.cache = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
        self.database = psycopg2.connect(os.environ["DATABASE_URL"])
        self.database.autocommit = True

    def get(self, key, query, *values):
        found = self.cache.get(key)
        if found is None:
            found = self.load(query, *values)
            self.cache.setex(key, TTL, found)
        return found

    def load(self, query, *values):
        with self.database.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchone()[0]

    def rows(self, query):
        with self.database.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()


def main(views):
    """Reads everything, and prints it. With --compare it holds each answer against the database, and ends with 1 if one is stale.

    views -- takes a Reader, and yields the key of each answer, its query, and the query's values
    """
    reader = Reader()
    stale = 0
    for key, query, *values in views(reader):
        answer = reader.get(key, query, *values)
        if "--compare" not in sys.argv:
            print(key, answer)
        elif json.loads(answer) != json.loads(reader.load(query, *values)):
            print("stale:", key)
            stale = 1
    sys.exit(stale)
