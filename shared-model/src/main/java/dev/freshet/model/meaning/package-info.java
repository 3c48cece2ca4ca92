// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The meaning of a mapping, independent of how it is written: a canonical form, its hash, and the differences between
 * two meanings. See {@code docs/mapping-language.md}. Everything here is immutable and thread-safe.
 */
package dev.freshet.model.meaning;
