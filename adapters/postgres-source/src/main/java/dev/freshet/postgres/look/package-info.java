// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The database as a program sees it that evicts, but does not read the slot itself. */
package dev.freshet.postgres.look;
