// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Events as Kafka Connect's structs, as Debezium delivers them; and as maps, where they have no schema. */
package dev.freshet.debezium.connect;
