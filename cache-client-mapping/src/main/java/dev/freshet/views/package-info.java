// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Views of {@code cache-client} that are checked against the mapping, and tags made from the mapping. Start at {@link
 * dev.freshet.views.MappedViews}. Public API.
 */
package dev.freshet.views;
