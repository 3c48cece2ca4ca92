// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Keeps the invalidator running. {@link dev.freshet.invalidator.run.Invalidator} makes all parts of a run, and the
 * supervisor runs one session after the other. If a step fails, the next session starts from the slot.
 */
package dev.freshet.invalidator.run;
