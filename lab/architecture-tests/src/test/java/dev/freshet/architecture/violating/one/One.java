// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.one;

import dev.freshet.architecture.violating.two.Two;

public class One {
    Two two;
}
