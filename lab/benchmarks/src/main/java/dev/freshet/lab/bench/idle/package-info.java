// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * {@code freshet bench idle}, {@code startup} and {@code takeover}: what a process costs that has nothing to do, and how
 * soon it, or the next one, evicts.
 */
package dev.freshet.lab.bench.idle;
