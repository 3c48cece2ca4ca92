-- A role that may do nothing but what everybody may.
set session authorization case13;
select pg_logical_emit_message(false, 'freshet', 'x');
select pg_logical_emit_message(true, 'freshet', 'x');
select pg_logical_emit_message(false, 'freshet', '');
select pg_logical_emit_message(true, 'freshet', 'a b c 99999999999999999999');
reset session authorization;
update t set name = name || 'x' where id = 1;
