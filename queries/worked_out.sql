-- What of the facts holds on every day, worked out once a build (worked_out/*.sql): a day that came is looked
-- up as of any later one, and on an earlier one it is not known yet.

create table duties_met (
    institution_id integer not null,
    duty_period_id integer not null,
    met_on date not null
);
comment on table duties_met is '已履行的职责：一家机构的一项职责的一个周期一行（建库时算定）';
comment on column duties_met.institution_id is '机构';
comment on column duties_met.duty_period_id is '职责的周期';
comment on column duties_met.met_on is '做满要求次数的日期';

create table institutions_appraised (
    institution_id integer not null,
    appraised_on date not null
);
comment on table institutions_appraised is '已安全鉴定评估的机构：一家一行（建库时算定）';
comment on column institutions_appraised.institution_id is '机构';
comment on column institutions_appraised.appraised_on is '鉴定评估覆盖消防、用电、用气和建筑的日期';

create table extent (
    county_id bigint not null,
    township varchar,
    has_reports boolean not null,
    measures_from date
);
comment on table extent is '本库的范围，和只看一个乡镇时也要知道的全县情况：一县一行（建库时算定）';
comment on column extent.county_id is '县区';
comment on column extent.township is '只含这个乡镇的记录；空为全县';
comment on column extent.has_reports is '全县有没有哪个乡镇报送过台账';
comment on column extent.measures_from is '全县最早一项制度成果的印发日期；空为没有';
