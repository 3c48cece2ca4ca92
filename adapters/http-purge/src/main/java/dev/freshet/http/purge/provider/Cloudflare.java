// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.regex.Pattern;

/** Cloudflare: {@code POST /zones/ID/purge_cache}, by tag or everything. Its answer says whether it succeeded. */
final class Cloudflare implements Provider {
    private static final Pattern SUCCESS = Pattern.compile("\"success\"\\s*:\\s*true");

    private final Endpoint zone;

    Cloudflare(Endpoint zone) {
        this.zone = zone;
    }

    @Override
    public HttpRequest request(Purge purge) {
        String what = purge.isEverything() ? "\"purge_everything\":true" : "\"tags\":" + JsonText.array(purge.keys());
        return zone.authorized(zone.to("/purge_cache"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{" + what + "}"))
                .build();
    }

    @Override
    public boolean accepts(int status, String body) {
        return Provider.super.accepts(status, body) && SUCCESS.matcher(body).find();
    }
}
