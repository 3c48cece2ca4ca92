// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet invalidator plan}: what a recorded stream makes stale, by one mapping or by the difference of two. */
package dev.freshet.invalidator.cli.plan;
