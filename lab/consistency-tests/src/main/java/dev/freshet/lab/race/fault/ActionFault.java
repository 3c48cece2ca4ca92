// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fault;

/** A fault that consists of one action. */
record ActionFault(String name, Action action) implements Fault {
    /** The action. */
    interface Action {
        void run() throws Exception;
    }

    @Override
    public void inject() throws Exception {
        action.run();
    }
}
