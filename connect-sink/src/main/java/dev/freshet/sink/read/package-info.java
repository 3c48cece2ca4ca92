// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** What the records of Debezium's topics mean. Each record is read by itself: the order among partitions does not count. */
package dev.freshet.sink.read;
