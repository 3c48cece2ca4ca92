// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet invalidator init}: drafts a mapping from a live catalogue, and from names of keys in Redis. */
package dev.freshet.invalidator.init;
