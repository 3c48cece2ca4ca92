// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * {@code ./freshet bench plan}: compares the planner with an oracle. It generates random mappings over random schemas,
 * and random transactions. The planner's evictions are compared with what is stale according to a recomputation of
 * everything. {@link Trial} tries one episode, {@link Shrinker} reduces a failing one, {@link CaseFile} writes it to
 * files.
 */
package dev.freshet.lab.plan;
