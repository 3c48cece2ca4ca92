// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Which keys and tags a row change makes stale, and why: a pure function of mapping, changes and the rows around them.
 * Imports neither Debezium nor Lettuce nor JDBC.
 */
package dev.freshet.invalidator.plan;
