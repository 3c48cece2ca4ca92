// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.tail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.invalidator.cli.recent.AdminPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code /recent} of an invalidator again and again, and prints what passes the filter. The invalidator may be
 * started anew meanwhile. One thread.
 */
final class Tail {
    private static final int PAGE = 500;
    private static final int DETAILS = 10_000;
    private static final long PAUSE_MILLIS = 1_000;

    private final AdminPort admin;
    private final TailFilter filter;
    private final TailPrinter printer;
    private final PrintWriter err;
    private final int details;
    private long left;
    private long after;

    /**
     * @param most changes, and evictions, that are printed of a transaction
     * @param count after how many transactions to end
     */
    Tail(AdminPort admin, TailFilter filter, TailPrinter printer, PrintWriter err, int most, long count) {
        this.admin = admin;
        this.filter = filter;
        this.printer = printer;
        this.err = err;
        // One more tells that there are more.
        this.details = filter.isFiltering() ? DETAILS : Math.min(DETAILS, most + 1);
        this.left = count;
    }

    /**
     * Prints the last transactions that pass the filter, of those that the invalidator remembers.
     *
     * @throws IOException if it does not answer
     */
    void last(int number) throws IOException, InterruptedException {
        var passing = new ArrayList<Told>();
        List<Told> page;
        do {
            page = page(admin.get("/recent?after=" + after + "&limit=" + PAGE + "&details=" + details));
            page.forEach(transaction -> filter.shown(transaction).ifPresent(passing::add));
            // Only the last ones are wanted, and there may be many.
            passing.subList(0, Math.max(0, passing.size() - number)).clear();
        } while (!page.isEmpty());
        passing.forEach(this::print);
    }

    /** Prints what comes, until enough was printed, or the thread is interrupted. An outage is waited out. */
    void follow() throws InterruptedException {
        boolean away = false;
        while (left > 0) {
            try {
                JsonNode answer =
                        admin.get("/recent?after=" + after + "&limit=" + PAGE + "&wait=1s&details=" + details);
                if (answer.path("newest").asLong(after) < after) {
                    note("the invalidator was started anew");
                    after = 0;
                    continue;
                }
                for (Told transaction : page(answer)) {
                    filter.shown(transaction).ifPresent(this::print);
                }
                away = false;
            } catch (IOException e) {
                if (!away) {
                    note("the invalidator does not answer; trying again: "
                            + (e.getMessage() == null ? "cannot connect to " + admin : e.getMessage()));
                }
                away = true;
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private List<Told> page(JsonNode answer) throws IOException {
        JsonNode transactions = answer.path("transactions");
        if (!transactions.isArray()) {
            throw new IOException(admin + "/recent does not list transactions");
        }
        var page = new ArrayList<Told>();
        transactions.forEach(node -> page.add(Told.of(node)));
        if (!page.isEmpty()) {
            after = page.get(page.size() - 1).number();
        }
        return page;
    }

    private void print(Told transaction) {
        if (left > 0) {
            left = printer.print(transaction) ? left - 1 : 0;
        }
    }

    private void note(String text) {
        err.println(text);
        err.flush();
    }
}
