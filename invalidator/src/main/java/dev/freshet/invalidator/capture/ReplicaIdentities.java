// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import dev.freshet.model.mapping.TableName;
import java.util.Optional;
import java.util.Set;

/**
 * Says which columns the old image of a row carries. Debezium does not hand this on, and in an image that carries the
 * identity alone the other columns read as null.
 */
@FunctionalInterface
public interface ReplicaIdentities {
    /**
     * The columns that an old image carries: empty for all of them (REPLICA IDENTITY FULL), an empty set for none. Asked
     * again whenever the stream announces a table anew.
     */
    Optional<Set<String>> columnsOf(TableName table);
}
