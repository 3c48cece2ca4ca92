// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Holds evictions back until the transactions that caused them can be seen by every new snapshot: logical decoding
 * delivers a commit as soon as its WAL record is flushed, before it is visible. See the consistency protocol.
 */
package dev.freshet.invalidator.visibility;
