// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import java.util.Optional;
import java.util.Set;

/**
 * The columns of a table that an old image contains, and all columns that the table has.
 *
 * @param columns the columns in the old image: empty if all (REPLICA IDENTITY FULL), an empty set if none
 * @param indexes the columns of each index that may have been the identity for a while
 * @param table all columns of the table. The stream leaves some out: generated columns, those outside the publication's
 *     column list, and, in rows from before an ALTER TABLE, the columns that it added
 */
public record ReplicaIdentity(Optional<Set<String>> columns, Set<Set<String>> indexes, Set<String> table) {}
