// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.transaction;

/**
 * What a client knows of its commit.
 *
 * @param acknowledged when the commit was acknowledged to the client
 * @param position a WAL position at or after the commit
 */
public record CommitReceipt(long acknowledged, long position) {}
