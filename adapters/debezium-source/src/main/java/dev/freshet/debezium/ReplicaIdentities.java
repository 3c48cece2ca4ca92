// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.model.mapping.TableName;

/**
 * Says which columns the old image of a row contains. Debezium does not pass this on, and in an image that contains
 * only the identity, the other columns read as null.
 */
@FunctionalInterface
interface ReplicaIdentities {
    /** The current identity. Called again each time the stream announces the table. */
    ReplicaIdentity of(TableName table);
}
