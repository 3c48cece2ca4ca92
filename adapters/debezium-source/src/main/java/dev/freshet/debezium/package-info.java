// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Reads committed row changes from a replication slot, through Debezium's embedded engine. It does not know about keys:
 * it passes on {@link dev.freshet.core.stream.Chunk}s, and is told which commits may be acknowledged. What an event
 * means is decided in {@link dev.freshet.debezium.event}.
 */
package dev.freshet.debezium;
