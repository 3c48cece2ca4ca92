# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""A forum whose posts answer each other, cached under topic:ID, thread:POST, author:ID and author:ID:posts."""

import os
import sys

sys.path.append(os.path.join(os.path.dirname(__file__), ".."))
from cached import main

TOPIC = """
    SELECT json_build_object('title', title,
        'posts', (SELECT count(*) FROM post p WHERE p.topic_id = t.id AND NOT p.deleted))::text
    FROM topic t WHERE id = %s"""
THREAD = """
    WITH RECURSIVE thread AS (
        SELECT * FROM post WHERE id = %s
        UNION ALL SELECT p.* FROM post p JOIN thread t ON p.parent_id = t.id)
    SELECT json_agg(json_build_array(t.id, t.parent_id, a.name, CASE WHEN t.deleted THEN NULL ELSE t.body END) ORDER BY t.id)::text
    FROM thread t JOIN author a ON a.id = t.author_id"""
AUTHOR = "SELECT json_build_object('name', name)::text FROM author WHERE id = %s"
POSTS = "SELECT coalesce(json_agg(body ORDER BY id), '[]')::text FROM post WHERE author_id = %s AND NOT deleted"


def views(reader):
    for (id,) in reader.rows("SELECT id FROM topic ORDER BY id"):
        yield f"topic:{id}", TOPIC, id
    for (id,) in reader.rows("SELECT id FROM post ORDER BY id"):
        yield f"thread:{id}", THREAD, id
    for (id,) in reader.rows("SELECT id FROM author ORDER BY id"):
        yield f"author:{id}", AUTHOR, id
        yield f"author:{id}:posts", POSTS, id


main(views)
