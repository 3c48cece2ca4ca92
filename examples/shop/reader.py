# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
"""Pages of a shop, cached under product:ID, category:ID, category:ID:products and cart:CUSTOMER."""

import os
import sys

sys.path.append(os.path.join(os.path.dirname(__file__), ".."))
from cached import main

PRODUCT = """
    SELECT json_build_object('name', p.name, 'price', p.price_cents, 'category', c.name, 'amount', coalesce(s.amount, 0),
        'stars', (SELECT round(avg(r.stars), 1) FROM review r WHERE r.product_id = p.id))::text
    FROM product p JOIN category c ON c.id = p.category_id LEFT JOIN stock s ON s.product_id = p.id WHERE p.id = %s"""
CATEGORY = "SELECT json_build_object('name', name)::text FROM category WHERE id = %s"
PRODUCTS = """
    SELECT coalesce(json_agg(json_build_array(name, price_cents) ORDER BY id), '[]')::text
    FROM product WHERE category_id = %s"""
CART = """
    SELECT coalesce(json_agg(json_build_array(p.name, p.price_cents, l.amount) ORDER BY p.id), '[]')::text
    FROM cart_line l JOIN product p ON p.id = l.product_id WHERE l.customer_id = %s"""


def views(reader):
    for (id,) in reader.rows("SELECT id FROM product ORDER BY id"):
        yield f"product:{id}", PRODUCT, id
    for (id,) in reader.rows("SELECT id FROM category ORDER BY id"):
        yield f"category:{id}", CATEGORY, id
        yield f"category:{id}:products", PRODUCTS, id
    for customer in (1, 2):
        yield f"cart:{customer}", CART, customer


main(views)
