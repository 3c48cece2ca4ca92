// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * {@code freshet bench}: checks what Freshet promises, against real servers and processes.
 *
 * <p>{@code consistency} runs writers, readers and faults in parallel, and compares every answer with what was written;
 * {@link dev.freshet.bench.history} defines when an answer is correct.
 */
package dev.freshet.bench;
