// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * {@code ./freshet bench consistency}: writers, readers and faults run at the same time on the real servers and
 * processes, and every answer is compared with what was written. {@link dev.freshet.lab.race.history} says when an
 * answer is right.
 */
package dev.freshet.lab.race;
