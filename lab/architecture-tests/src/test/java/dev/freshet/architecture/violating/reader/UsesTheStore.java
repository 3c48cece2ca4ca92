// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.reader;

import dev.freshet.architecture.violating.cache.store.Store;

public class UsesTheStore {
    Store store;
}
