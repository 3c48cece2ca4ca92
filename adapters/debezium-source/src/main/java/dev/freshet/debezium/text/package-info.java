// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Every value of the stream as the text that PostgreSQL printed. */
package dev.freshet.debezium.text;
