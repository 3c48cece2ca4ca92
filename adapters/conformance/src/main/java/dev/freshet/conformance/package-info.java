// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What an adapter must do, as JUnit tests that it extends: {@link dev.freshet.conformance.CacheConformance} for a target; for a
 * source {@link dev.freshet.conformance.ChangeStreamConformance}, {@link dev.freshet.conformance.LookupsConformance} and {@link
 * dev.freshet.conformance.SnapshotSourceConformance}. {@link dev.freshet.conformance.MemoryCache}, {@link
 * dev.freshet.conformance.MemoryStream} and {@link dev.freshet.conformance.MemoryDatabase} need no server, and pass them, too.
 */
package dev.freshet.conformance;
