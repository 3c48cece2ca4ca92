// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.problem;

/**
 * An error in one part of a request.
 *
 * @param field a JSON path such as {@code operations[3].name}, or the name of a parameter or header
 * @param reason what was expected, with the bad value where that helps
 */
public record FieldError(String field, String reason) {}
