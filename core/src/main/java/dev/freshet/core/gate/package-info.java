// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Holds evictions back until every new snapshot can see the transactions that caused them: logical decoding delivers a
 * commit as soon as its WAL record is flushed, before it is visible. See the consistency protocol.
 */
package dev.freshet.core.gate;
