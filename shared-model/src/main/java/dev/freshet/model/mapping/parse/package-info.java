// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Reads a mapping from YAML, and says what is wrong with it, line by line. The entrance is {@link
 * dev.freshet.model.mapping.parse.MappingParser}.
 */
package dev.freshet.model.mapping.parse;
