// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.cache;

import dev.freshet.architecture.violating.context.ReadsAFile;

public class KnowsContexts {
    ReadsAFile context;
}
