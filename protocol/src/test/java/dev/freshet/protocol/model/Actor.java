// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** Someone or something that acts. */
interface Actor {
    /** Offers everything that it can do next. */
    void act(World world, Moves moves);
}
