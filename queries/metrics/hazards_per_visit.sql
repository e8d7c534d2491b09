/*
name        = "单次检出数"
topic       = "检查"
unit        = "hazards_per_visit"
summary     = "ratio"
numerator   = "来源为上级检查的隐患"
denominator = "统计期内的上级检查，一家机构一次计一次"
grain       = "一次上级检查或一处查出的隐患一行"
explain     = "上级每检查一次平均查出多少处隐患"
clause      = "六（二）"
good        = "neither"
note        = "检查得多、查得细，查出的就多：数字高不说明隐患多，数字低也不说明没有隐患"
*/
create or replace macro hazards_per_visit(as_of) as table
    select
        hazard_id,
        null::integer as inspection_id,
        description,
        null::varchar as conclusion,
        institution_id,
        institution,
        township_id,
        township,
        county_id,
        county,
        source,
        found_on as happened_on,
        month,
        quarter,
        window_from,
        window_to,
        1 as numerator,
        0 as denominator,
    from hazards_as_of(as_of)
    where is_found_by_authority

    union all by name
    select
        null::integer as hazard_id,
        inspection_id,
        null::varchar as description,
        conclusion,
        institution_id,
        institution,
        township_id,
        township,
        county_id,
        county,
        inspection_type as source,
        inspected_on as happened_on,
        month,
        quarter,
        window_from,
        window_to,
        0 as numerator,
        1 as denominator,
    from inspections_as_of(as_of)
    where is_authority;
