// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Freshet's sink in a cluster of Kafka Connect, with a broker, two workers and Debezium's source connector. */
package dev.freshet.lab.connect;
