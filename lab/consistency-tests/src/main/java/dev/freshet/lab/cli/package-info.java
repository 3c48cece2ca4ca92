// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The commands of {@code ./freshet bench}: their options, what they print, and their exit codes. */
package dev.freshet.lab.cli;
