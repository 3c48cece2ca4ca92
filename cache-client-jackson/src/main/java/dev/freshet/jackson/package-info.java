// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Writes values of {@code cache-client} with Jackson. Start at {@link dev.freshet.jackson.JacksonCodec}. Public API.
 */
package dev.freshet.jackson;
