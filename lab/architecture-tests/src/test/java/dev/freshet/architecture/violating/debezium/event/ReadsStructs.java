// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.debezium.event;

import org.apache.kafka.connect.data.Struct;

public class ReadsStructs {
    Struct value;
}
