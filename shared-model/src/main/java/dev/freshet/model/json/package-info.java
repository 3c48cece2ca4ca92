// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** JSON as contexts hold it: merge patch, equality, limits. */
package dev.freshet.model.json;
