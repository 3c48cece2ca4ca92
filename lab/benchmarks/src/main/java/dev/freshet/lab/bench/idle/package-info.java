// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet bench idle} and {@code freshet bench startup}: what a process costs that has nothing to do, and how soon it is up. */
package dev.freshet.lab.bench.idle;
