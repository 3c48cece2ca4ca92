// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The rows of a run and how they hang together. */
package dev.freshet.bench.world;
