// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.core.stream;

import org.apache.kafka.connect.data.Struct;

public class ReadsRecords {
    Struct value;
}
