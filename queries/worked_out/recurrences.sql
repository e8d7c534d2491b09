-- Which hazards came back: an earlier one of the same home, area and kind was put right at most so many days
-- before. That one was known on any day on which the later one is, so this holds on every day, and is worked
-- out once a build.
update hazards set is_recurrence = true
where
    is_comparable
    and hazard_id in (
        select later.hazard_id,
        from hazards as later
        inner join hazards as earlier
            on
                later.institution_id = earlier.institution_id
                and later.area = earlier.area
                and later.kind = earlier.kind
                and later.found_on > earlier.found_on
                and later.found_on >= earlier.rectified_on
        where
            later.is_comparable
            and earlier.is_comparable
            and later.found_on <= earlier.rectified_on + recurrence_days()
    );
