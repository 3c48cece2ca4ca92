// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What PostgreSQL must have for a capture: publication, slot, rights; and the statements that fix what is missing. */
package dev.freshet.postgres.setup;
