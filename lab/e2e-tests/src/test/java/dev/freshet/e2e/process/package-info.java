// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Runs the commands of {@code ./freshet}, and finds the files of this repository. */
package dev.freshet.e2e.process;
