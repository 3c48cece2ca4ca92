// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet bench fanout}: one change that makes many cached values stale. */
package dev.freshet.lab.bench.fanout;
