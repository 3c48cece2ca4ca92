// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * One command that shows all of Freshet on one machine: it starts PostgreSQL, Redis and the three processes, makes changes
 * in every way there is, and checks what became of the cache.
 */
package dev.freshet.quickstart;
