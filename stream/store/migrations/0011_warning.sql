-- Early warning (cảnh báo sớm): the chance that an open application misses its due date, as it was last reckoned. No part
-- of the log: learnt again each working day and reckoned again each working hour. `facts` is what its sentence says.
create table warning (
    case_id   bigint primary key,
    chance    real not null check (chance between 0 and 1),
    facts     jsonb not null,
    learnt_at timestamptz not null,
    scored_at timestamptz not null
) with (fillfactor = 70);

-- What was learnt, and from what: how many ended applications, how many of them late, of which time. `calibration_error`
-- was measured on history that was not learnt from. `enough` is false where there was too little: no chances then.
create table warning_model (
    learnt_at         timestamptz primary key,
    cases             integer not null,
    late              integer not null,
    since             timestamptz,
    until             timestamptz,
    version           text not null,
    calibration_error real,
    enough            boolean not null,
    facts             jsonb not null
);
