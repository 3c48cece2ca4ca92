// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * When a load began.
 *
 * @param set the fence set that told the time
 */
record Token(int set, int time) {}
