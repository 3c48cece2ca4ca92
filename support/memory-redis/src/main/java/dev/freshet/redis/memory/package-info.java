// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Internal: a Redis in memory, for tests. It runs the scripts of the protocol as they are, so that it follows the same
 * rules as a server. Of Redis' commands it has those that the scripts and tests need.
 */
package dev.freshet.redis.memory;
