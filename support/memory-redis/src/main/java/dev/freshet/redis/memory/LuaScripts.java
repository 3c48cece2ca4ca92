// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory;

import dev.freshet.redis.memory.command.CommandFailure;
import dev.freshet.redis.memory.command.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.StringLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.VarArgFunction;
import org.luaj.vm2.lib.jse.JseBaseLib;
import org.luaj.vm2.lib.jse.JseMathLib;

/** Runs Lua scripts as Redis does. Used by one thread at a time. */
final class LuaScripts {
    private final Globals globals = new Globals();
    private final Map<String, Prototype> compiled = new HashMap<>();

    /** @param commands runs a command: its name and the other words */
    LuaScripts(Function<List<String>, Reply> commands) {
        globals.load(new JseBaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        globals.load(new StringLib());
        globals.load(new JseMathLib());
        LoadState.install(globals);
        LuaC.install(globals);
        // Redis has Lua 5.1.
        globals.set("unpack", globals.get("table").get("unpack"));
        globals.get("string").set("format", new Format(globals.get("string").get("format")));
        var redis = new LuaTable();
        redis.set("call", new Call(commands, true));
        redis.set("pcall", new Call(commands, false));
        globals.set("redis", redis);
    }

    /** @throws CommandFailure if it cannot be compiled, or fails */
    Reply run(String text, List<String> keys, List<String> args) {
        globals.set("KEYS", LuaReplies.table(keys));
        globals.set("ARGV", LuaReplies.table(args));
        try {
            return LuaReplies.reply(new LuaClosure(compiled.computeIfAbsent(text, this::compile), globals).call());
        } catch (LuaError e) {
            // Lua puts the place in front of the message.
            String message = e.getMessage();
            int code = message.indexOf("WRONGTYPE");
            throw new CommandFailure(code >= 0 ? message.substring(code) : "ERR " + message);
        }
    }

    private Prototype compile(String text) {
        // The first line may say how Redis is to run it.
        String plain = text.startsWith("#!") ? "--" + text : text;
        try {
            return globals.loadPrototype(
                    new ByteArrayInputStream(plain.getBytes(StandardCharsets.ISO_8859_1)), "script", "t");
        } catch (IOException e) {
            throw new CommandFailure("ERR Error compiling script: " + e.getMessage());
        }
    }

    /** {@code redis.call} and {@code redis.pcall}. */
    private static final class Call extends VarArgFunction {
        private final Function<List<String>, Reply> commands;
        private final boolean raises;

        Call(Function<List<String>, Reply> commands, boolean raises) {
            this.commands = commands;
            this.raises = raises;
        }

        @Override
        public Varargs invoke(Varargs given) {
            var words = new ArrayList<String>();
            for (int i = 1; i <= given.narg(); i++) {
                words.add(LuaReplies.text(given.arg(i)));
            }
            var reply = commands.apply(words);
            if (raises && reply instanceof Reply.Failure failure) {
                throw new LuaError(failure.text());
            }
            return LuaReplies.value(reply);
        }
    }

    /** {@code string.format}: this Lua ignores the precision of {@code %.0f}. */
    private static final class Format extends VarArgFunction {
        private final LuaValue usual;

        Format(LuaValue usual) {
            this.usual = usual;
        }

        @Override
        public Varargs invoke(Varargs given) {
            return given.arg1().tojstring().equals("%.0f")
                    ? LuaValue.valueOf(LuaReplies.whole(given.checkdouble(2)))
                    : usual.invoke(given);
        }
    }
}
