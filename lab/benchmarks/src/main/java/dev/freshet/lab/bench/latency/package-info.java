// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet bench latency}: how soon after a commit its key is gone. */
package dev.freshet.lab.bench.latency;
