/*
says = "截至某日的机构，一家机构一行：只有登记的内容，不看检查和隐患"
*/
-- One row per institution opened by as_of, closed ones too, as the register has it; its dates after as_of are
-- not seen.
create or replace macro homes_as_of(as_of) as table
    select
        institutions.institution_id,
        institutions.institution,
        institutions.credit_code,
        institutions.township_id,
        towns.township,
        towns.county_id,
        towns.county,
        institutions.institution_type,
        institutions.former_names,
        institutions.beds,
        institutions.residents,
        institutions.mobile_residents,
        institutions.staff,
        institutions.principal,
        institutions.opened_on,
        if(institutions.closed_on <= as_of, institutions.closed_on, null) as closed_on,
        if(institutions.responsibility_on <= as_of, institutions.responsibility_on, null)
            as responsibility_on,
        if(institutions.emergency_plan_on <= as_of, institutions.emergency_plan_on, null)
            as emergency_plan_on,
        coalesce(institutions.closed_on > as_of, true) as is_open,
        coalesce(institutions.responsibility_on <= as_of, false) as has_responsibility,
        coalesce(institutions.emergency_plan_on <= as_of, false) as has_emergency_plan,
    from institutions
    inner join towns on institutions.township_id = towns.township_id
    where coalesce(institutions.opened_on <= as_of, true);
