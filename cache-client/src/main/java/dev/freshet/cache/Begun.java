// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

/**
 * Redis' answer to "begin": an entry, or the token for filling it.
 *
 * @param entry null if there is none
 * @param token null if there is an entry
 */
record Begun(byte[] entry, Token token) {}
