// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.value;

/**
 * A field of an object in an event.
 *
 * @param position among the fields of its object, from 0
 */
public record Column(String name, ValueType type, int position) {}
