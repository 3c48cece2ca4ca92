// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What an adapter must do, as JUnit tests that it extends. {@link dev.freshet.conformance.CacheConformance} is for the cache
 * port; {@link dev.freshet.conformance.MemoryCache} is an implementation without a server, which passes it, too.
 */
package dev.freshet.conformance;
