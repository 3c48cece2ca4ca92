// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.two;

import dev.freshet.architecture.violating.one.One;

public class Two {
    One one;
}
