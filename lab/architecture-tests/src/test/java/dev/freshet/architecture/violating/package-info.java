// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Classes that break the walls, in packages like those of the house, so that each wall is seen to fail. */
package dev.freshet.architecture.violating;
