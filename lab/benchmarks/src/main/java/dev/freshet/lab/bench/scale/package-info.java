// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet bench scale}: what more rows, writers and templates cost; and what users trade for a lifetime. */
package dev.freshet.lab.bench.scale;
