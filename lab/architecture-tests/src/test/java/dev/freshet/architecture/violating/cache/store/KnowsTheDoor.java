// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.cache.store;

import dev.freshet.architecture.violating.cache.KnowsContexts;

public class KnowsTheDoor {
    KnowsContexts door;
}
