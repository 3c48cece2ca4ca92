// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Real servers for the integration tests of applications: {@link dev.freshet.test.servers.FreshetTest} gives a test class
 * PostgreSQL, Redis and the invalidator.
 */
package dev.freshet.test.servers;
