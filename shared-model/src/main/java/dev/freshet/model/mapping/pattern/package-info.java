// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Tells which keys a template can have made, so that a purge deletes no key of another program. The entrance is {@link
 * dev.freshet.model.mapping.pattern.KeyPatterns}.
 */
package dev.freshet.model.mapping.pattern;
