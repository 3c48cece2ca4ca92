// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Reads products, through the cache. */
package dev.freshet.example.catalog;
