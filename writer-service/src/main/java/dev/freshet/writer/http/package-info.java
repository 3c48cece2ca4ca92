// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The HTTP API. It turns requests into commands and queries, and their results into JSON. See {@code docs/http-api.md}.
 */
package dev.freshet.writer.http;
