// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Events as Kafka Connect's structs, as Debezium's engine delivers them. */
package dev.freshet.debezium.connect;
