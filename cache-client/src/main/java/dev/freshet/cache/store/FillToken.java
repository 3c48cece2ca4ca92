// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

/**
 * When a load began, by Redis' own time for the isolate, and which fence set issued the token. Taken before the
 * database is read, and presented with the fill.
 *
 * @param created when the fence set was created, in µs
 * @param time when the load began, in µs
 */
public record FillToken(String created, String time) {}
