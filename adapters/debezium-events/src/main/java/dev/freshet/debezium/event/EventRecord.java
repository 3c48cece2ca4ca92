// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import dev.freshet.debezium.value.Fields;
import java.util.Map;

/** A record of Debezium's, whatever it is encoded in. Each encoding has an implementation. */
public interface EventRecord {
    /** The value of the record; null for a tombstone. */
    Fields value();

    boolean hasHeader(String name);

    /** What Debezium's engine would store in order to resume after the record; empty elsewhere. */
    Map<String, ?> offset();
}
