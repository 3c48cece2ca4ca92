// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

import java.util.function.Consumer;

/** A system as its states and the steps between them. States are immutable. */
interface Model<S> {
    S initial();

    /** Hands over every step that is possible in this state. */
    void steps(S state, Consumer<Step<S>> found);

    /** States with equal keys behave alike: only one of them is explored. */
    String key(S state);
}
