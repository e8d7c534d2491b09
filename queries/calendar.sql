-- periods: the calendar quarters, half-years and years of the campaign's years.
create table periods as
with frequencies (frequency, months) as (
    values ('quarter', 3), ('half_year', 6), ('year', 12)
),

begun as (
    select
        frequencies.frequency,
        frequencies.months,
        unnest(
            generate_series(
                date_trunc('year', campaign_from_on()),
                campaign_to_on()::timestamp,
                to_months(frequencies.months)
            )
        )::date as period_from,
    from frequencies
)

select
    frequency,
    case frequency
        when 'quarter' then year(period_from) || 'Q' || quarter(period_from)
        when 'half_year' then year(period_from) || 'H' || if(month(period_from) = 1, 1, 2)
        else year(period_from)::varchar
    end as period,
    period_from,
    (period_from + to_months(months) - interval 1 day)::date as period_to,
from begun
order by frequency, period_from;

comment on table periods is '行动各年的周期：一个季度、半年或一年一行';
comment on column periods.frequency is '频次：quarter 每季度、half_year 每半年、year 每年';
comment on column periods.period is '周期，如 2026Q2、2026H1、2026';
comment on column periods.period_from is '首日';
comment on column periods.period_to is '末日';

-- duty_periods: one row per duty and period it is judged by. A period is judged by the newest enabled rule
-- in force on its first day, so a switch made later changes only the periods from its date on.
create table duty_periods as
with in_force as (
    select
        periods.*,
        duty_rules.duty,
        duty_rules.duty_rank,
        duty_rules.duty_name,
        duty_rules.minimum,
        duty_rules.clause,
        duty_rules.frequency as rule_frequency,
    from periods
    inner join duty_rules on periods.period_from >= duty_rules.from_on
    where duty_rules.is_enabled
    qualify row_number() over (
        partition by duty_rules.duty, periods.frequency, periods.period_from
        order by duty_rules.from_on desc
    ) = 1
)

select
    (row_number() over (order by duty_rank, period_from))::integer as duty_period_id,
    duty,
    duty_rank,
    duty_name,
    minimum,
    clause,
    frequency,
    period,
    period_from,
    period_to,
from in_force
where frequency = rule_frequency
order by duty_rank, period_from;

comment on table duty_periods is '职责的周期：一项职责的一个周期一行，按首日有效的最新一条已启用规则';
comment on column duty_periods.duty_period_id is '编号';
comment on column duty_periods.duty is '职责代码';
comment on column duty_periods.duty_rank is '职责的次序';
comment on column duty_periods.duty_name is '职责名称';
comment on column duty_periods.minimum is '至少几次';
comment on column duty_periods.clause is '条款';
comment on column duty_periods.frequency is '频次';
comment on column duty_periods.period is '周期，如 2026Q2、2026H1、2026';
comment on column duty_periods.period_from is '首日';
comment on column duty_periods.period_to is '末日';
