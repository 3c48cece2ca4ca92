// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Queries of the application's tables and of the catalog: SELECT only. */
package dev.freshet.postgres.tables;
