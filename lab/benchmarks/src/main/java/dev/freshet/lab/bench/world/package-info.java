// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The servers of a benchmark, its one table, and the keys in Redis that are made from it. */
package dev.freshet.lab.bench.world;
