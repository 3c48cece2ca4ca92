// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Views of {@code cache-client} that are checked against the mapping, and tags that are made from it. Start at {@link
 * dev.freshet.views.MappedViews}. Public API.
 */
package dev.freshet.views;
