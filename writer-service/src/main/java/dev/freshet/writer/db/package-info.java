// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Connections, transactions and migrations. */
package dev.freshet.writer.db;
