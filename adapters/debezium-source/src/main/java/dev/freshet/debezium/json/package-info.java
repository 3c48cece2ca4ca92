// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Debezium's events as JSON: read from a file or a topic, and written by a recorder. */
package dev.freshet.debezium.json;
