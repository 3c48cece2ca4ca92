// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The reference application's tables and processes, for benchmarks of those who write and who read. */
package dev.freshet.lab.bench.contexts;
