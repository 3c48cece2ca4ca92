// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A real PostgreSQL and a real Redis on this machine, for the quickstart, the tests and the benchmarks: in containers
 * where a Docker engine answers, else from the binaries that Maven Central carries.
 *
 * <p>Everything started here lives in temporary folders and is stopped and removed when it is closed, when the JVM
 * ends, and when the JVM is killed.
 */
package dev.freshet.devservices;
