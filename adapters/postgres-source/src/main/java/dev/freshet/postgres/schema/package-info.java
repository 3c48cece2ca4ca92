// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Reads all tables of a database from its catalogue, which every role may read. */
package dev.freshet.postgres.schema;
