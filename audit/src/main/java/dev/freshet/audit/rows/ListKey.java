// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.rows;

/**
 * Names the children of a row.
 *
 * @param child the entity of the children
 */
public record ListKey(RowKey parent, String child) {}
