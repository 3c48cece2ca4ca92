// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import dev.freshet.lab.race.redis.RedisConnection;
import dev.freshet.lab.race.source.RaceCaches;
import dev.freshet.lab.race.world.World;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process of the fleet. It does what it is asked for on standard input, and ends with that. Arguments: its name, the
 * namespace, the number of keys, and a seed. The environment has the addresses of PostgreSQL and Redis.
 */
public final class FleetMain {
    private FleetMain() {}

    public static void main(String[] arguments) {
        try {
            run(arguments);
            // The harness has ended, or has closed its end: nothing here is worth an orderly one.
            Runtime.getRuntime().halt(0);
        } catch (IOException | InterruptedException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(String[] arguments) throws IOException, InterruptedException {
        var replies = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        // Nothing else may be printed there.
        System.setOut(System.err);
        var database = new PGSimpleDataSource();
        database.setURL(System.getenv("FRESHET_JDBC_URL"));
        database.setUser(System.getenv("FRESHET_JDBC_USER"));
        database.setPassword(System.getenv("FRESHET_JDBC_PASSWORD"));
        var caches = new RaceCaches(System.getenv("FRESHET_REDIS_URL"), arguments[1]);
        var member = new FleetMember(
                arguments[0],
                new World(Integer.parseInt(arguments[2])),
                Long.parseLong(arguments[3]),
                caches,
                database,
                RedisConnection.connect(caches.redis()),
                line -> tell(replies, line));
        member.connect();
        tell(replies, "ready");
        var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = requests.readLine(); line != null; line = requests.readLine()) {
            member.take(line);
        }
    }

    private static void tell(PrintStream replies, String line) {
        synchronized (replies) {
            replies.print(line + "\n");
            replies.flush();
        }
    }
}
