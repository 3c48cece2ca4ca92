// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader.watch;

import dev.freshet.model.mapping.TableName;

/**
 * A table that was read; of a partitioned table, its root.
 *
 * @param kind as {@code pg_class.relkind} has it: r, p, m (materialized view), f (foreign table)
 */
public record ReadTable(TableName name, String kind) {}
