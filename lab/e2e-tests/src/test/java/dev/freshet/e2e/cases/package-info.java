// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Databases and mappings from the field, each with a change and the keys that go; and streams that were recorded. */
package dev.freshet.e2e.cases;
