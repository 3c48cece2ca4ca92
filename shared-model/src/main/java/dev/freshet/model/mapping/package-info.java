// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A checked mapping: the tables, how they are related, and which keys and tags their rows make stale. See {@code
 * docs/mapping-language.md}. Everything here is immutable and thread-safe.
 */
package dev.freshet.model.mapping;
