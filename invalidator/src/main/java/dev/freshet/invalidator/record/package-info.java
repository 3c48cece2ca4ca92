// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Writes what a slot delivers to a file, in Debezium's JSON envelope, one event per line. */
package dev.freshet.invalidator.record;
