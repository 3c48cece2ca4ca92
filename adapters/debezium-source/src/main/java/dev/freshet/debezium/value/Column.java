// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.value;

/** A field of an object in an event. */
public record Column(String name, ValueType type) {}
