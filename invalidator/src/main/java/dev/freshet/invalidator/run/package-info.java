// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Keeps the invalidator running: capture, visibility gate, plan, evict, publish, acknowledge, in that order; and from the
 * slot again whenever a step fails.
 */
package dev.freshet.invalidator.run;
