# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""An application with several tenants, cached under tenant:SLUG, SLUG:project:ID, projects:SLUG, login:EMAIL and
revenue:SLUG:MONTH."""

import os
import sys

sys.path.append(os.path.join(os.path.dirname(__file__), ".."))
from cached import main

TENANT = "SELECT json_build_object('name', name)::text FROM tenant WHERE slug = %s"
PROJECT = "SELECT json_build_object('name', name, 'archived', archived_at)::text FROM project WHERE id = %s"
PROJECTS = """
    SELECT coalesce(json_agg(p.name ORDER BY p.id), '[]')::text
    FROM project p JOIN tenant t ON t.id = p.tenant_id WHERE t.slug = %s AND p.archived_at IS NULL"""
LOGIN = """
    SELECT json_build_object('id', m.id, 'tenant', t.name)::text
    FROM member m JOIN tenant t ON t.id = m.tenant_id WHERE lower(m.email) = %s"""
REVENUE = """
    SELECT json_build_object('cents', coalesce(sum(i.cents), 0))::text
    FROM invoice i JOIN tenant t ON t.id = i.tenant_id
    WHERE t.slug = %s AND to_char(i.paid_at AT TIME ZONE 'Europe/Berlin', 'YYYY-MM') = %s"""


def views(reader):
    for (slug,) in reader.rows("SELECT slug FROM tenant ORDER BY id"):
        yield f"tenant:{slug}", TENANT, slug
        yield f"projects:{slug}", PROJECTS, slug
        for month in ("2026-03", "2026-04"):
            yield f"revenue:{slug}:{month}", REVENUE, slug, month
    for slug, id in reader.rows("SELECT t.slug, p.id FROM project p JOIN tenant t ON t.id = p.tenant_id ORDER BY p.id"):
        yield f"{slug}:project:{id}", PROJECT, id
    for (email,) in reader.rows("SELECT lower(email) FROM member ORDER BY id"):
        yield f"login:{email}", LOGIN, email


main(views)
