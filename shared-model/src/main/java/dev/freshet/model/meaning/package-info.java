// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a mapping means, apart from how it is written: a canonical form, its hash, and what differs between two of them.
 * See {@code docs/mapping-language.md}. Everything here is immutable and thread-safe.
 */
package dev.freshet.model.meaning;
