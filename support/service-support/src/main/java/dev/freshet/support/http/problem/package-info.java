// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Error responses as defined in RFC 9457, and the exception that ends a request with one. */
package dev.freshet.support.http.problem;
