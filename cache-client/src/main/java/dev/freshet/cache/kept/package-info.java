// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Internal: keeps the last answers of this process, for reads whose loads fail. */
package dev.freshet.cache.kept;
