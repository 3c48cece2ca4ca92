// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The port to the cache, with its value types. It does not depend on any store. */
package dev.freshet.core.cache;
