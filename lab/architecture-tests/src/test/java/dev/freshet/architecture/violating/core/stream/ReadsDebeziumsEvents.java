// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.core.stream;

import io.debezium.engine.ChangeEvent;

public class ReadsDebeziumsEvents {
    ChangeEvent<String, String> event;
}
