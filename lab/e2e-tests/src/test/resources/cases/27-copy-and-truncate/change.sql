copy t (id, v) from program 'printf "1,a\n2,b\n3,\n"' with (format csv);
truncate up cascade;
