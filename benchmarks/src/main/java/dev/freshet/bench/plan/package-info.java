// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Compares the planner with an oracle. It generates random mappings over random schemas, and random transactions. The
 * planner's evictions are compared with what is stale according to a recomputation of everything. The oracle and the
 * planner share nothing but the model of a mapping.
 *
 * <p>A {@link Design} is a schema with its mapping, an {@link Episode} some transactions over it. {@link Designer} and
 * {@link Author} generate them, {@link Trial} tries one, {@link Shrinker} reduces a failing one, {@link CaseFile}
 * writes it to files.
 */
package dev.freshet.bench.plan;
