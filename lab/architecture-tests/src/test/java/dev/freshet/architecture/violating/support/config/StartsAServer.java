// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.support.config;

import io.javalin.Javalin;

public class StartsAServer {
    Javalin server;
}
