// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.debezium.connect;

import com.fasterxml.jackson.databind.JsonNode;

public class ReadsJson {
    JsonNode value;
}
