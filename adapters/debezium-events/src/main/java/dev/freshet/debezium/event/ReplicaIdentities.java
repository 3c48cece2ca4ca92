// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import dev.freshet.model.mapping.TableName;
import java.util.Optional;
import java.util.Set;

/**
 * Says which columns the old image of a row contains. Debezium does not pass this on, and in an image that contains
 * only the identity, the other columns read as null.
 */
@FunctionalInterface
public interface ReplicaIdentities {
    /** There is no catalog to ask: old images are taken as they are. */
    ReplicaIdentities UNKNOWN = table -> new ReplicaIdentity(Optional.empty(), Set.of(), Set.of());

    /** The current identity. Called again each time the stream announces the table. */
    ReplicaIdentity of(TableName table);
}
