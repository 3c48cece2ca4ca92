// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Reads the versions of rows from PostgreSQL. */
package dev.freshet.audit.jdbc;
