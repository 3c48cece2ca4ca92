// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Freshet as in production, for the tests of one JVM. */
package dev.freshet.e2e.installation;
