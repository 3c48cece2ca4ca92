// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

/**
 * A path steps from one entity to another, and neither has a reference to the other.
 *
 * @param at where the path stands
 */
public record MissingReference(Location at, String from, TableName fromTable, String to, TableName toTable) {}
