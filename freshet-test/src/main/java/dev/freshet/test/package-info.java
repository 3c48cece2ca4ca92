// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * For the tests of applications: {@link dev.freshet.test.FakeFreshet} stands in for Redis and the invalidator in unit
 * tests. What checks loaders against the mapping is in {@code dev.freshet.test.loader}.
 */
package dev.freshet.test;
