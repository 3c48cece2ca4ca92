// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Internal: entries in the memory of this process, and the proof that Redis has reported every change to them.
 */
package dev.freshet.cache.near;
