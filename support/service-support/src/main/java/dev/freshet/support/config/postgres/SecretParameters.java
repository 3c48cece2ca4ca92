// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.postgres;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.secret.Redaction;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Properties;

/**
 * Separates secret parameters from a URL. The driver also accepts them as properties, and it quotes the URL in
 * messages.
 *
 * @param url the URL without the secrets
 * @param secrets decoded
 */
record SecretParameters(String url, Properties secrets) {
    private static final String SETTING = "FRESHET_JDBC_URL";

    /**
     * @throws ConfigException if a parameter cannot be parsed; the message does not quote it, because it may be part of
     *     a password
     */
    static SecretParameters of(String url) {
        int query = url.indexOf('?');
        var secrets = new Properties();
        if (query < 0) {
            return new SecretParameters(url, secrets);
        }
        var rest = new ArrayList<String>();
        int number = 0;
        for (var parameter : url.substring(query + 1).split("&")) {
            number++;
            int equals = parameter.indexOf('=');
            var name = equals < 0 ? parameter : parameter.substring(0, equals);
            // The driver reads "ssl" without a value as "ssl=true".
            if (equals < 0 && !parameter.isEmpty() && !parameter.equals("ssl")) {
                throw ConfigException.badSecret(
                        SETTING,
                        "has no = in its parameter " + number,
                        "name=value; an & that belongs to a value is written %26");
            }
            var value = decoded(parameter.substring(equals + 1), number);
            if (Redaction.namesSecret(name)) {
                secrets.setProperty(name, value);
            } else if (!parameter.isEmpty()) {
                rest.add(parameter);
            }
        }
        var address = url.substring(0, query);
        return new SecretParameters(rest.isEmpty() ? address : address + "?" + String.join("&", rest), secrets);
    }

    private static String decoded(String value, int number) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ConfigException.badSecret(
                    SETTING,
                    "has a % without two hexadecimal digits in its parameter " + number,
                    "percent-encoded values; a % is written %25");
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return url;
    }
}
