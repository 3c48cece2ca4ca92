// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The rows of a run and their relations. */
package dev.freshet.bench.world;
