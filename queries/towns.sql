-- towns: the townships with the county each lies in.
create view towns as
select
    townships.*,
    counties.county,
from townships
inner join counties on townships.county_id = counties.county_id;

comment on view towns is '各镇及其县区：一个镇一行';
comment on column towns.township_id is '官方顺序，自 1 起';
comment on column towns.county_id is '所属县区';
comment on column towns.code is '行政区划代码';
comment on column towns.township is '乡镇名称';
comment on column towns.former_names is '曾用名';
comment on column towns.grid_row is '方格地图的行';
comment on column towns.grid_column is '方格地图的列';
comment on column towns.outline is '轮廓：GeoJSON 的 geometry，没有则空';
comment on column towns.county is '县区名称';
