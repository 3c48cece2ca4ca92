// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

/**
 * A page that changes something: it answers POST alone, and only with the token.
 *
 * @param page answers once the token was right
 */
public record Action(AdminToken token, Page page) implements Page {
    @Override
    public Answer answer(Query query) {
        return page.answer(query);
    }

    @Override
    public boolean waits() {
        return page.waits();
    }
}
