// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet bench reader}: what reading costs. */
package dev.freshet.lab.bench.reader;
