// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Changes products with plain SQL, and knows nothing of the cache. */
package dev.freshet.example.orders;
