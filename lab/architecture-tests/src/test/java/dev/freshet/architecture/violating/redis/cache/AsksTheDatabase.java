// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.redis.cache;

import java.sql.Connection;

public class AsksTheDatabase {
    Connection connection;
}
