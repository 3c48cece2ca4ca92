// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.fault;

/** A fault that consists of one action. */
record Simple(String name, Action action) implements Fault {
    /** The action. */
    interface Action {
        void run() throws Exception;
    }

    @Override
    public void strike() throws Exception {
        action.run();
    }
}
