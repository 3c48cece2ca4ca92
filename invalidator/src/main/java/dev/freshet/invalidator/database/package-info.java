// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What the invalidator asks of the application's tables and of the catalogue: SELECT only. */
package dev.freshet.invalidator.database;
