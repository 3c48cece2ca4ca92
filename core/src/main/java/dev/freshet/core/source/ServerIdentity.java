// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.source;

import dev.freshet.protocol.Lsn;

/**
 * Identifies one history of a PostgreSQL cluster.
 *
 * @param systemIdentifier created with the cluster, and shared by its standbys and backups
 * @param timeline changes with each promotion and each point-in-time restore
 * @param walEnd the end of its WAL at the time of the query
 */
public record ServerIdentity(String systemIdentifier, int timeline, Lsn walEnd) {}
