// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The functions that a template may apply to a column. The entrance is {@link
 * dev.freshet.model.mapping.function.FunctionCall}.
 */
package dev.freshet.model.mapping.function;
