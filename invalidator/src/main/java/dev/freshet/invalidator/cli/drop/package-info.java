// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet invalidator drop}: takes away what Freshet made in PostgreSQL and Redis. */
package dev.freshet.invalidator.cli.drop;
