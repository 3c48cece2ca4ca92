// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Guesses about words of English names. Pure. */
package dev.freshet.invalidator.init.english;
