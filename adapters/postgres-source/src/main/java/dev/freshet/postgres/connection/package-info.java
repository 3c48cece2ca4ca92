// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Connections to the primary, with every setting pinned that affects how a value prints; and the meaning of their
 * failures.
 */
package dev.freshet.postgres.connection;
