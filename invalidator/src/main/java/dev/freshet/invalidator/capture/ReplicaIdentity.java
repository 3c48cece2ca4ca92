// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import java.util.Optional;
import java.util.Set;

/**
 * Which columns of a table an old image carries, and which there are.
 *
 * @param columns empty for all of them (REPLICA IDENTITY FULL), an empty set for none
 * @param indexes the columns of each index that the identity may have been for a while
 * @param table all columns of the table; the stream leaves some out: generated ones, those outside of a publication's list
 *     of columns, and in rows of before an ALTER TABLE those that it added
 */
record ReplicaIdentity(Optional<Set<String>> columns, Set<Set<String>> indexes, Set<String> table) {}
