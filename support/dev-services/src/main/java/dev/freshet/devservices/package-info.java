// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A real PostgreSQL and a real Redis on this machine, for the quickstart, the tests and the benchmarks: what callers
 * start and use. They run in containers if a Docker engine responds, otherwise from the binaries on Maven Central; the
 * packages below do that.
 *
 * <p>Everything started here uses temporary folders. It is stopped and removed when it is closed, when the JVM ends,
 * and when the JVM is killed.
 */
package dev.freshet.devservices;
