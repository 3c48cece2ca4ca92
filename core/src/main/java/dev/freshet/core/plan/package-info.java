// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Computes which keys and tags a row change makes stale, and why: a pure function of the mapping, the changes and the
 * rows around them.
 */
package dev.freshet.core.plan;
