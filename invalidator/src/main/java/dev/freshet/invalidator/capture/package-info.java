// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Reads committed row changes from a replication slot, through Debezium's embedded engine. The only package that
 * imports Debezium. It knows nothing of keys: it hands over {@link dev.freshet.invalidator.capture.Chunk}s and is told
 * which of them may be acknowledged.
 */
package dev.freshet.invalidator.capture;
