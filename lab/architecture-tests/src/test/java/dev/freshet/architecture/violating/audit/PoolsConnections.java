// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.audit;

import javax.sql.DataSource;

public class PoolsConnections {
    DataSource pool;
}
