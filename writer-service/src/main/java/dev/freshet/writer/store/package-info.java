// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The log, its projections and the kept answers, in PostgreSQL. Everything runs within a transaction of one user. */
package dev.freshet.writer.store;
