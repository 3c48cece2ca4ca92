// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The versions of the rows behind entries, as PostgreSQL tells them. */
package dev.freshet.audit.rows;
