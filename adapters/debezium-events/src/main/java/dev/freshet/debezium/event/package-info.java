// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The one codec of Debezium's events: what a record means, whatever it is encoded in. */
package dev.freshet.debezium.event;
