// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Values of {@code cache-client}, written with Jackson. Start at {@link dev.freshet.jackson.JacksonCodec}. Public API.
 */
package dev.freshet.jackson;
