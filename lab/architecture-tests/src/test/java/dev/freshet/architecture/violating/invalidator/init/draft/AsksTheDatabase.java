// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.invalidator.init.draft;

import java.sql.Connection;

public class AsksTheDatabase {
    Connection connection;
}
