// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The connector and its tasks, as Kafka Connect creates them by name. */
package dev.freshet.sink;
