// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** A value in an event, whatever the event is encoded in, and its text as PostgreSQL casts it. */
package dev.freshet.debezium.value;
