// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import dev.freshet.model.mapping.TableName;

/**
 * Says which columns the old image of a row carries. Debezium does not hand this on, and in an image that carries the
 * identity alone the other columns read as null.
 */
@FunctionalInterface
interface ReplicaIdentities {
    /** The identity as it is now. Asked again whenever the stream announces a table anew. */
    ReplicaIdentity of(TableName table);
}
