// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

/**
 * When a load began, by Redis' own time for the isolate, and which fence set told it. Taken before the database is read
 * and shown when the value is filled.
 *
 * @param created when the fence set was created, in µs
 * @param time when the load began, in µs
 */
record Token(String created, String time) {}
