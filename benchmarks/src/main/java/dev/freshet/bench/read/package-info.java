// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Readers: of Freshet's cache, in this process and through the reader-service, and of the baselines' caches. */
package dev.freshet.bench.read;
