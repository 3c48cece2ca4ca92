// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import dev.freshet.protocol.Isolate;

/**
 * Where an entry stands in Redis.
 *
 * @param isolate its owner
 * @param name its key
 */
public record EntryAddress(Isolate isolate, String name) {}
