// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet invalidator test}: cases of changes and the keys that they must evict, run through the planner. */
package dev.freshet.invalidator.cli.cases;
