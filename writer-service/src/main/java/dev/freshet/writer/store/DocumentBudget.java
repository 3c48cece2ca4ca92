// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

import dev.freshet.writer.command.Refusal;

/** Limits the memory of one request, which may name a thousand large documents. Not thread-safe. */
public final class DocumentBudget {
    /** Maximum total length, in characters, of the documents that one request may read. */
    public static final long REQUEST = 16L << 20;

    private final long limit;
    private long spent;

    public DocumentBudget(long limit) {
        this.limit = limit;
    }

    static DocumentBudget unlimited() {
        return new DocumentBudget(Long.MAX_VALUE);
    }

    String spend(String document) {
        spent += document.length();
        if (spent > limit) {
            throw Refusal.tooLarge(
                    "operations", "together touch more than " + limit + " characters of documents; send fewer at once");
        }
        return document;
    }
}
