// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.core;

import dev.freshet.architecture.violating.context.ReadsAFile;

public class KnowsTheHierarchy {
    ReadsAFile context;
}
