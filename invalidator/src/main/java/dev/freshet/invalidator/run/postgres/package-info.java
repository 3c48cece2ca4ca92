// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The ports of a run for PostgreSQL, over JDBC and Debezium. */
package dev.freshet.invalidator.run.postgres;
