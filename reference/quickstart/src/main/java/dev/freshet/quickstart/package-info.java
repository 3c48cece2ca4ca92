// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * One command that demonstrates all of Freshet on one machine. It starts PostgreSQL, Redis and the three processes,
 * makes every kind of change, and checks the effect on the cache.
 */
package dev.freshet.quickstart;
