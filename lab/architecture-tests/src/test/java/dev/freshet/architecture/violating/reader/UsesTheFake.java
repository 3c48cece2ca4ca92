// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.reader;

import dev.freshet.architecture.violating.test.Fake;

public class UsesTheFake {
    Fake fake;
}
