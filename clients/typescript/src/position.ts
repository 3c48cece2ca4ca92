// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Positions in PostgreSQL's write-ahead log. */

const TEXT = /^([0-9A-Fa-f]{1,8})\/([0-9A-Fa-f]{1,8})(?:@([0-9]{1,20}))?$/;

/**
 * A place in the write-ahead log of one PostgreSQL cluster. A position without a cluster is taken to belong to the cluster
 * that it is compared with. Immutable.
 */
export class WalPosition {
    /**
     * @param high the upper 32 bits
     * @param low the lower 32 bits
     * @param system the system identifier of its cluster; null if it is not known
     */
    constructor(
        readonly high: number,
        readonly low: number,
        readonly system: string | null = null,
    ) {}

    /** Parses what PostgreSQL or `toString` printed. Throws a TypeError if it is something else. */
    static parse(text: string): WalPosition {
        const found = WalPosition.find(text);
        if (found === null) {
            throw new TypeError(
                `position '${text}' is not of the form of pg_lsn, such as 0/1A2B3C4, with or without @ and the` +
                    " system identifier of the cluster",
            );
        }
        return found;
    }

    /** The same, but null if it is something else. */
    static find(text: string | null | undefined): WalPosition | null {
        const parts = TEXT.exec(text ?? "");
        return parts && new WalPosition(parseInt(parts[1]!, 16), parseInt(parts[2]!, 16), parts[3] ?? null);
    }

    of(system: string | null): WalPosition {
        return new WalPosition(this.high, this.low, system);
    }

    /** Whether it is known to belong to another cluster. */
    isForeignTo(system: string | null): boolean {
        return this.system !== null && system !== null && this.system !== system;
    }

    /** The later of the two. Throws a TypeError if they are of different clusters: then neither is. */
    later(other: WalPosition): WalPosition {
        if (this.isForeignTo(other.system)) {
            throw new TypeError(
                `positions ${this} and ${other} are of different clusters, and neither is the later one`,
            );
        }
        const difference = this.high - other.high || this.low - other.low;
        if (difference === 0) {
            return this.system === null ? other : this;
        }
        return difference > 0 ? this : other;
    }

    /** As PostgreSQL prints it, without the cluster. */
    get lsn(): string {
        return `${hex(this.high)}/${hex(this.low)}`;
    }

    /** `0/1A2B3C4`, or, if its cluster is known, `0/1A2B3C4@7301234567890123456`. */
    toString(): string {
        return this.system === null ? this.lsn : `${this.lsn}@${this.system}`;
    }

    /** A position is a text in JSON. */
    toJSON(): string {
        return this.toString();
    }
}

/**
 * A session's position belongs to another PostgreSQL cluster than the one that the loaders read. Happens if positions
 * of two systems are mixed up, and once per session after the database was moved to a new cluster. Drop the position
 * and read without it.
 */
export class ForeignPositionError extends Error {
    override readonly name = "ForeignPositionError";

    constructor(position: WalPosition, system: string) {
        super(
            `position ${position} is of another PostgreSQL cluster than this cache's, which is ${system}; expected a` +
                " position that this cluster's writers or readers answered. If the database was moved, read without it" +
                " once",
        );
    }
}

function hex(half: number): string {
    return half.toString(16).toUpperCase();
}
