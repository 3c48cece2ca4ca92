// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.sink.evict;

import org.apache.kafka.connect.data.Struct;

public class KnowsKafka {
    Struct value;
}
