// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Keeps the invalidator running. The steps are capture, visibility gate, plan, evict, publish and acknowledge, in that
 * order. If a step fails, the run restarts from the slot.
 */
package dev.freshet.invalidator.run;
