// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What answers a read: cache-client in this process, or the reader-service; and the loads from PostgreSQL. */
package dev.freshet.lab.race.source;
