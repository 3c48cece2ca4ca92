// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The commands of {@code ./freshet bench} that measure speed, beside those of {@link dev.freshet.lab.cli}. */
package dev.freshet.lab.bench.cli;
