// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet bench drain}: how fast a backlog is worked off. */
package dev.freshet.lab.bench.drain;
