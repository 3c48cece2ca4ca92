// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

/**
 * A path steps from one entity to another, but neither has a reference to the other.
 *
 * @param at the place of the path in the file
 */
public record MissingReference(Location at, String from, TableName fromTable, String to, TableName toTable) {}
