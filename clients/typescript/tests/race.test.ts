// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Reads while rows change: none is older than the published position, or than it asked for. */

import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { BEGIN, FILL, Script } from "../src/calls.js";
import { Flight } from "../src/flight.js";
import { type Send } from "../src/index.js";
import { connect } from "./support.js";
import { Race } from "./world.js";

describe("race", { concurrency: false }, () => {
    test("no read is older than the published position", async () => {
        const wanted = ["hit", "miss", "refused", "behind", "bypass"];
        const race = await run(wanted, (send) => send);
        assert.equal(race.stale, null);
        for (const status of wanted) {
            assert.ok(
                (race.seen[status] ?? 0) >= 20,
                `too few reads with status ${status}: ${JSON.stringify(race.seen)}`,
            );
        }
    });

    const mutants: [string, Script, string, string][] = [
        ["fences do not count", FILL, "tonumber(fenced) >= token", "false"],
        ["the position does not count", BEGIN, "high > leastHigh or high == leastHigh and low >= leastLow", "true"],
        ["the age of the position does not count", BEGIN, "age and age >= 0 and age <= tonumber(ARGV[7])", "true"],
        ["an entry that is not listed counts", BEGIN, "redis.call('SISMEMBER', ARGV[1] .. tag, key) == 0", "false"],
    ];
    for (const [mutant, script, guard, instead] of mutants) {
        test(`something stale is read where ${mutant}`, async () => {
            assert.equal(script.text.split(guard).length, 2);
            const crippled = new Script(script.text.replace(guard, instead));
            await findsSomethingStale((send) => (args) => send(args.map((arg) => swapped(arg, script, crippled))));
        });
    }

    test("something stale is read where callers share any load", async (context) => {
        const wait = Flight.prototype.wait;
        mock.method(Flight.prototype, "wait", function (this: Flight<unknown>) {
            return wait.call(this, -1, true);
        });
        context.after(() => mock.restoreAll());
        await findsSomethingStale((send) => send);
    });
});

function swapped(arg: string, script: Script, by: Script): string {
    return arg === script.digest ? by.digest : arg === script.text ? by.text : arg;
}

async function findsSomethingStale(as: (send: Send) => Send): Promise<void> {
    const race = await run(["something stale"], as);
    assert.notEqual(race.stale, null, `nothing stale in ${JSON.stringify(race.seen)}`);
}

async function run(wanted: string[], as: (send: Send) => Send): Promise<Race> {
    const connections = await Promise.all([connect(), connect(), connect()]);
    const [first, ...others] = connections.map((connection) => connection.send);
    try {
        const race = new Race(first!, others.map(as));
        await race.run(wanted);
        return race;
    } finally {
        connections.forEach((connection) => connection.close());
    }
}
