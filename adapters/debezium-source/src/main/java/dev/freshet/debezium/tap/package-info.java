// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Takes the decoded messages out of Debezium's stream, before the connector makes records of them. The connector still
 * connects, decodes and follows changes of the schema; its queue, its records and its offsets stay empty.
 */
package dev.freshet.debezium.tap;
