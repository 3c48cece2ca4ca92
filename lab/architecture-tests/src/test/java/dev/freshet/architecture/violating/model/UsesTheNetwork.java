// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.model;

import java.net.URI;

public class UsesTheNetwork {
    URI address;
}
