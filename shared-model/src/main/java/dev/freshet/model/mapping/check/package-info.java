// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Checks a mapping against the tables of a database, as its catalogue describes them. The entrance is {@link
 * dev.freshet.model.mapping.check.MappingCheck}.
 */
package dev.freshet.model.mapping.check;
