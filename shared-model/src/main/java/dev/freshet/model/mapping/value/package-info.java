// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What the values that PostgreSQL prints stand for: points in time, an order, texts that match a pattern. */
package dev.freshet.model.mapping.value;
