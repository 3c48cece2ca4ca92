// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** One load of a key at a time within this process, and who may share its value. */

interface Landing<R> {
    readonly result?: R;
    readonly failure?: { readonly error: unknown };
    /** Whether Redis accepted the fill. */
    readonly stored: boolean;
}

/**
 * One load of one key, and the callers that wait for it.
 *
 * A caller that arrives during a load may know already that a commit is visible in the cache, while the load may have
 * read the database before that commit. So it gets the loaded value only if it asked before the load began; or, at level
 * eventual, if it asked before the fill was sent and Redis accepted the fill: then the value was a valid entry after
 * the caller asked. All others ask again, and one of them leads the next flight.
 */
export class Flight<R> {
    private readonly landing: Promise<Landing<R>>;
    private landed!: (landing: Landing<R>) => void;
    private fillSent = false;

    constructor(private readonly ticket: number) {
        this.landing = new Promise((resolve) => (this.landed = resolve));
    }

    /** Must be called before the fill is sent: an accepted fill proves nothing to callers that ask from now on. */
    sealBeforeFill(): void {
        this.fillSent = true;
    }

    land(landing: Landing<R>): void {
        this.landed(landing);
    }

    /** Waits for the end. Answers null if the caller must ask again, and throws what the loader threw. */
    async wait(arrival: number, eventual: boolean): Promise<R | null> {
        const beforeFill = !this.fillSent;
        const { result, failure, stored } = await this.landing;
        if (failure !== undefined) {
            throw failure.error;
        }
        const usable = arrival < this.ticket || (eventual && beforeFill && stored);
        return usable ? result! : null;
    }
}

/** The loads that are under way. */
export class Flights<R> {
    private readonly standing = new Map<string, Flight<R>>();
    private readonly landings = new Float64Array(1024);
    private tickets = 0;

    /** A number that is greater than all before. */
    ticket(): number {
        return ++this.tickets;
    }

    of(key: string): Flight<R> | undefined {
        return this.standing.get(key);
    }

    /** Begins a load. There must be none of this key. */
    begin(key: string): Flight<R> {
        const flight = new Flight<R>(this.ticket());
        this.standing.set(key, flight);
        return flight;
    }

    /** Whether a load of this key, or of one that shares its slot, ended after the ticket was drawn. */
    landedSince(ticket: number, key: string): boolean {
        return this.landings[slot(key)]! > ticket;
    }

    end(key: string, flight: Flight<R>, landing: Landing<R>): void {
        this.landings[slot(key)] = this.ticket();
        this.standing.delete(key);
        flight.land(landing);
    }
}

function slot(key: string): number {
    let hash = 0;
    for (let i = 0; i < key.length; i++) {
        hash = (31 * hash + key.charCodeAt(i)) | 0;
    }
    return (hash ^ (hash >>> 16)) & 1023;
}
