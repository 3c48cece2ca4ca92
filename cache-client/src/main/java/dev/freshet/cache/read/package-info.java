// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Internal: the steps of a read, for values in the form in which Redis holds them. */
package dev.freshet.cache.read;
