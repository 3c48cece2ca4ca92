// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Recomputes every key and tag from all rows. The oracle and the planner share nothing but the model of a
 * mapping.
 */
package dev.freshet.lab.plan.oracle;
