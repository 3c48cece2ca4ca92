// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

/**
 * A page whose answer may take a while, as it waits for something.
 *
 * @param page answers
 */
public record WaitingPage(Page page) implements Page {
    @Override
    public Answer answer(Query query) {
        return page.answer(query);
    }

    @Override
    public boolean waits() {
        return true;
    }
}
