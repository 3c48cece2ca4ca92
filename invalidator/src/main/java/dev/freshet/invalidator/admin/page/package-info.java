// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The page for whoever operates an invalidator. */
package dev.freshet.invalidator.admin.page;
