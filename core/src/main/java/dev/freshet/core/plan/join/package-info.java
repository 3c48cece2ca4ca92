// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The joins that key templates stand for, and the look-ups that complete a joined row from one of its tables.
 */
package dev.freshet.core.plan.join;
