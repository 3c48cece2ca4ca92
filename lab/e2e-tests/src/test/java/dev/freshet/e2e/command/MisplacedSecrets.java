// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.command;

import java.util.List;

/** Wrong addresses and command lines, each with the same password somewhere in it. */
final class MisplacedSecrets {
    static final String SECRET = "Kanari3nvogel";

    /** None of these may be taken. */
    static final List<String> JDBC = in(
            "%s",
            "app:%s@db",
            "//app:%s@db/app",
            "postgres://app:%s@db/app",
            "postgresql://app:%s@db:5432/app?sslmode=require",
            "jdbc:postgres://app:%s@db/app",
            "jdbc:postgresql://app:%s@db/app",
            "jdbc:postgresql://%s@db/app",
            "jdbc:postgresql:app:%s@db/app",
            "jdbc:postgresql://app:p@%s@db/app",
            "jdbc:postgresql://app:%s/x@db/app",
            "jdbc:postgresql://app:x/%s@db/app",
            "jdbc:postgresql://app:%s?x@db/app",
            "jdbc:postgresql://app:1?%s@db/app",
            "jdbc:postgresql://app:%s#x@db/app",
            "jdbc:postgresql://app:%%40%s@db/app",
            "jdbc:postgresql://db:%s/app",
            "jdbc:postgresql://db:5432:%s/app",
            "jdbc:postgresql://db:5432,other:%s/app",
            "jdbc:postgresql://[::1/%s@app",
            "JDBC:POSTGRESQL://db/app?password=%s",
            " jdbc:postgresql://db/app?password=%s",
            "\"jdbc:postgresql://db/app?password=%s\"",
            "FRESHET_JDBC_URL=jdbc:postgresql://db/app?password=%s",
            "jdbc:mysql://db/app?user=app&password=%s",
            "%s://db/app",
            "redis://:%s@db",
            "host=db user=app password=%s dbname=app",
            "jdbc:postgresql://db/app?password=%s%%zz",
            "jdbc:postgresql://db/app?password=a%%%s",
            "jdbc:postgresql://db/app?password=a&%s",
            "jdbc:postgresql://db/app?password=a&x=%%%s",
            "jdbc:postgresql://db/app?user=app&%s");

    /** None of these may be taken. */
    static final List<String> REDIS = in(
            "%s",
            "app:%s@redis",
            "redis:app:%s@redis",
            "app:%s@redis://redis",
            "http://:%s@redis",
            "%s://redis",
            "rediss+x://:%s@redis",
            "redis://app:%s@",
            "redis://app:%s@redis:port",
            "redis://app:%s@redis:99999",
            "redis://app:%s@a,b",
            "redis://app:x %s@redis",
            "redis-sentinel://app:%s@a,b",
            "redis-sentinel://app:%s@a:x,b#master",
            "redis-cluster://app:%s@a/1",
            "redis-cluster://app:%s/x@a",
            "redis-cluster://a:%s",
            "redis-cluster://a@b:%s",
            "postgres://app:%s@db/app");

    /** Used in place of options. None of these may be accepted. */
    static final List<String> WORDS = in(
            "--jdbc-password=%s",
            "--jdbc-password %s",
            "--redis-password %s",
            "-p%s",
            "-p %s",
            "--password:%s",
            "redis://:%s@redis",
            "jdbc:postgresql://db/app?password=%s",
            "--no-such redis://app:%s@redis",
            "--no-such x %s",
            "--redis-urll=redis://:%s@redis");

    private MisplacedSecrets() {}

    private static List<String> in(String... patterns) {
        return List.of(patterns).stream()
                .map(pattern -> pattern.formatted(SECRET))
                .toList();
    }
}
