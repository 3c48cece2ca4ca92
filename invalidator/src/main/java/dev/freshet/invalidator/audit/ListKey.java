// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

/**
 * The children of a row.
 *
 * @param child their entity
 */
public record ListKey(RowKey parent, String child) {}
