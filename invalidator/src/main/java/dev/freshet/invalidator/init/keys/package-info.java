// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Guesses key templates from names of keys in Redis. Pure: never sees a value. The entrance is {@link
 * dev.freshet.invalidator.init.keys.KeyGuesses}.
 */
package dev.freshet.invalidator.init.keys;
