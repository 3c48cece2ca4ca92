// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The transactions of a stream: put together from their parts, and acknowledged as wholes. */
package dev.freshet.debezium.transaction;
