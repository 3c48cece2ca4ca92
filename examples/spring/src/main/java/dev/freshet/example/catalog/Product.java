// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.example.catalog;

/** What the catalogue shows. */
public record Product(long id, String name, int stock) {}
