// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * {@code freshet bench}: measures what Freshet promises, against real servers and processes.
 *
 * <p>{@code consistency} runs writers, readers and faults side by side, and holds every answer against what was written;
 * how that is decided is told in {@link dev.freshet.bench.history}.
 */
package dev.freshet.bench;
