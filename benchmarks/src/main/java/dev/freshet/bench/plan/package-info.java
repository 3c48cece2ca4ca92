// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Holds the planner against an oracle: random mappings over random schemas, random transactions, and what the planner
 * evicts against what a recomputation of everything says is stale. The oracle and the planner share nothing but the model
 * of a mapping.
 *
 * <p>A {@link Design} is a schema with its mapping, an {@link Episode} some transactions over it. {@link Designer} and
 * {@link Author} make them up, {@link Trial} tries one, {@link Shrinker} makes a failing one small, {@link CaseFile}
 * writes it down.
 */
package dev.freshet.bench.plan;
