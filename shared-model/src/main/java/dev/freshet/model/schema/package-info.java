// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The tables of a whole database, as its catalogue describes them: what a mapping can be drafted from. */
package dev.freshet.model.schema;
