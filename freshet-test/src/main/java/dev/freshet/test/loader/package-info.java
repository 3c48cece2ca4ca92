// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Holds loaders against the mapping: {@link dev.freshet.test.loader.LoaderCheck} runs a loader on a real database and
 * finds the tags that it forgot.
 */
package dev.freshet.test.loader;
