// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet bench writer}: what writing costs. */
package dev.freshet.lab.bench.writer;
