// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.invalidator;

import java.sql.Connection;

public class OpensAConnection {
    Connection connection;
}
