// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Reads, moves and frees the replication slot. */
package dev.freshet.postgres.slot;
