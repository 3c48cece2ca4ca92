// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet invalidator evict} and {@code purge}: what an operator wants evicted, counted first. */
package dev.freshet.invalidator.cli.evict;
