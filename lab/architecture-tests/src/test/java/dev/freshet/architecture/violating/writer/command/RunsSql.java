// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.writer.command;

import java.sql.Connection;

public class RunsSql {
    Connection connection;
}
