// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Servers without a server, and records as Debezium writes them. */
package dev.freshet.sink.memory;
