// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

/**
 * What a client knows of its commit.
 *
 * @param acknowledged when the commit was acknowledged to the client
 * @param position a WAL position at or after the commit
 */
record Receipt(long acknowledged, long position) {}
