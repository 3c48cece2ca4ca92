// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Files that people write, and what is wrong with them. */
package dev.freshet.model.text;
