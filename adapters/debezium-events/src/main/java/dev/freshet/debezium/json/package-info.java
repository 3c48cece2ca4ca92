// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Events as JSON: read from a file or a topic, and written by a recorder. */
package dev.freshet.debezium.json;
