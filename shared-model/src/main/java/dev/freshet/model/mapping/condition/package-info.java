// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Conditions on the values of one row, with SQL's three-valued logic, also for rows of which some values are not known.
 * The entrance is {@link dev.freshet.model.mapping.condition.Condition}.
 */
package dev.freshet.model.mapping.condition;
