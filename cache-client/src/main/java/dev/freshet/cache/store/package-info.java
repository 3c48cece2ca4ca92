// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Internal: the reader's side of the protocol in Redis, {@code begin} and {@code fill}, and what keeps a Redis that
 * hangs from slowing down every read.
 */
package dev.freshet.cache.store;
