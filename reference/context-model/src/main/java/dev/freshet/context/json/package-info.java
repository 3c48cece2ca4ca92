// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** JSON documents of contexts: merge patch, equality, limits. */
package dev.freshet.context.json;
