// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** PostgreSQL for the services: the pool, and detection of outages. Needs HikariCP, and no HTTP library. */
package dev.freshet.support.jdbc;
