// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The HTTP API: requests become commands and queries, what they come to becomes JSON. See {@code docs/http-api.md}. */
package dev.freshet.writer.http;
