// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Random schemas with their mappings, and the rows of their tables. */
package dev.freshet.lab.plan.design;
