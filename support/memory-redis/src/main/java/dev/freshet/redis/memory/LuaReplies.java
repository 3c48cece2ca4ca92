// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory;

import dev.freshet.redis.memory.command.CommandFailure;
import dev.freshet.redis.memory.command.Reply;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Converts replies into values of Lua and back, as Redis does. */
final class LuaReplies {
    private static final int DIGITS = 17;

    private LuaReplies() {}

    /** A reply as a script sees it. */
    static LuaValue value(Reply reply) {
        if (reply instanceof Reply.Bulk bulk) {
            return string(bulk.bytes());
        }
        if (reply instanceof Reply.Number number) {
            return LuaValue.valueOf((double) number.value());
        }
        if (reply instanceof Reply.Many many) {
            var table = new LuaTable();
            for (int i = 0; i < many.replies().size(); i++) {
                table.set(i + 1, value(many.replies().get(i)));
            }
            return table;
        }
        if (reply instanceof Reply.Status status) {
            return named("ok", status.text());
        }
        return reply instanceof Reply.Failure failure ? named("err", failure.text()) : LuaValue.FALSE;
    }

    /** What a script returned, as a reply: a list ends before its first nil. */
    static Reply reply(LuaValue value) {
        if (value.type() == LuaValue.TSTRING) {
            return new Reply.Bulk(text(value));
        }
        if (value.isnumber()) {
            return new Reply.Number((long) value.todouble());
        }
        if (value.isboolean()) {
            return value.toboolean() ? new Reply.Number(1) : Reply.NIL;
        }
        if (!value.istable()) {
            return Reply.NIL;
        }
        if (value.get("err").isstring()) {
            return new Reply.Failure(text(value.get("err")));
        }
        if (value.get("ok").isstring()) {
            return new Reply.Status(text(value.get("ok")));
        }
        var replies = new ArrayList<Reply>();
        for (int i = 1; !value.get(i).isnil(); i++) {
            replies.add(reply(value.get(i)));
        }
        return new Reply.Many(replies);
    }

    static LuaTable table(List<String> texts) {
        var table = new LuaTable();
        for (int i = 0; i < texts.size(); i++) {
            table.set(i + 1, string(texts.get(i)));
        }
        return table;
    }

    /** A text or number as a word of a command. */
    static String text(LuaValue value) {
        if (value.type() == LuaValue.TNUMBER) {
            double number = value.todouble();
            return number == Math.rint(number) && Math.abs(number) < 1e17
                    ? whole(number)
                    : new BigDecimal(number)
                            .round(new java.math.MathContext(DIGITS))
                            .toString();
        }
        if (value.type() != LuaValue.TSTRING) {
            throw new CommandFailure("ERR Lua redis lib command arguments must be strings or integers");
        }
        var string = value.checkstring();
        return new String(string.m_bytes, string.m_offset, string.m_length, StandardCharsets.ISO_8859_1);
    }

    /** Rounded to a whole number, in decimal digits. */
    static String whole(double number) {
        return new BigDecimal(number).setScale(0, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static LuaString string(String bytes) {
        return LuaString.valueOf(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static LuaTable named(String name, String text) {
        var table = new LuaTable();
        table.set(name, string(text));
        return table;
    }
}
