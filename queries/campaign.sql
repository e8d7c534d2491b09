-- The plan's tables: what data/campaign.toml says, as the queries read it.

create table campaign (
    name varchar not null,
    document varchar not null,
    county varchar not null,
    from_on date not null,
    to_on date not null
);
comment on table campaign is '行动：一行';
comment on column campaign.name is '行动名称';
comment on column campaign.document is '文号';
comment on column campaign.county is '县级主管单位';
comment on column campaign.from_on is '首日';
comment on column campaign.to_on is '末日';

create table phases (
    phase varchar primary key,
    phase_name varchar not null,
    from_on date not null,
    to_on date not null,
    asked_on varchar not null,
    clause varchar not null
);
comment on table phases is '阶段：一个阶段一行';
comment on column phases.phase is '阶段代码';
comment on column phases.phase_name is '阶段名称';
comment on column phases.from_on is '首日';
comment on column phases.to_on is '末日';
comment on column phases.asked_on is '机构何日在营才有任务：any_day 阶段内任一天，last_day 阶段末日';
comment on column phases.clause is '方案条款';

create table clauses (
    clause varchar primary key,
    clause_rank integer not null,
    clause_title varchar not null
);
comment on table clauses is '方案条款：任务和职责所依据的一条一行';
comment on column clauses.clause is '条款，如 四（一）';
comment on column clauses.clause_rank is '在方案中的次序';
comment on column clauses.clause_title is '标题';

create table duty_rules (
    duty varchar not null,
    duty_rank integer not null,
    duty_name varchar not null,
    asks varchar not null,
    who varchar not null,
    frequency varchar not null,
    minimum integer not null,
    from_on date not null,
    is_enabled boolean not null,
    clause varchar not null,
    basis varchar not null,
    quote varchar
);
comment on table duty_rules is '常态化职责的规则：一项职责的一条规则一行，自生效日起，启用才算';
comment on column duty_rules.duty is '职责代码';
comment on column duty_rules.duty_rank is '职责的次序';
comment on column duty_rules.duty_name is '职责名称';
comment on column duty_rules.asks is '要求';
comment on column duty_rules.who is '责任单位';
comment on column duty_rules.frequency is '频次：quarter 每季度、half_year 每半年、year 每年';
comment on column duty_rules.minimum is '每个周期至少几次';
comment on column duty_rules.from_on is '生效日';
comment on column duty_rules.is_enabled is '是否启用';
comment on column duty_rules.clause is '条款';
comment on column duty_rules.basis is '依据';
comment on column duty_rules.quote is '方案原文';

create table tasks (
    task varchar primary key,
    task_name varchar not null,
    phase varchar not null references phases (phase),
    unit_code varchar not null,
    clause varchar not null,
    evidence varchar not null,
    due_on date,
    quote varchar
);
comment on table tasks is '阶段任务：方案的一项任务一行';
comment on column tasks.task is '任务编号';
comment on column tasks.task_name is '任务名称';
comment on column tasks.phase is '所属阶段';
comment on column tasks.unit_code is '责任单位的种类：county、township、institution';
comment on column tasks.clause is '方案条款';
comment on column tasks.evidence is '能佐证的查询；none 为台账无法佐证';
comment on column tasks.due_on is '完成期限；空为阶段末日';
comment on column tasks.quote is '方案原文';

create table activity_rules (
    activity varchar not null,
    activity_rank integer not null,
    activity_name varchar not null,
    unit_code varchar not null,
    from_on date not null,
    to_on date,
    clause varchar not null,
    basis varchar not null
);
comment on table activity_rules is '要求每年开展的活动：一项活动对一种单位的要求一行';
comment on column activity_rules.activity is '活动类型代码';
comment on column activity_rules.activity_rank is '要求的次序';
comment on column activity_rules.activity_name is '活动类型';
comment on column activity_rules.unit_code is '要求的单位的种类：county、township、institution';
comment on column activity_rules.from_on is '自哪一天起：此后开始的年度';
comment on column activity_rules.to_on is '到哪一天止；空为一直要求';
comment on column activity_rules.clause is '方案条款';
comment on column activity_rules.basis is '依据';

create table thresholds (
    metric varchar not null,
    target double not null,
    warn double not null,
    alarm double not null,
    from_on date not null
);
comment on table thresholds is '目标与阈值：一个指标自某日起一行';
comment on column thresholds.metric is '指标代码';
comment on column thresholds.target is '目标';
comment on column thresholds.warn is '达标线';
comment on column thresholds.alarm is '关注线，未到为落后';
comment on column thresholds.from_on is '生效日';

create table settings (
    prompt_days integer not null,
    recurrence_days integer not null,
    outside_trainings_count boolean not null,
    due_soon_days integer not null,
    period_ending_days integer not null,
    silent_days integer not null,
    compare_days integer not null,
    stale_days integer not null,
    few integer not null,
    common_share double not null,
    pace_days integer not null
);
comment on table settings is '口径：方案没有写明的数字，一行';
comment on column settings.prompt_days is '重大隐患自发现起几天内上报为及时';
comment on column settings.recurrence_days is '整改后几天内同机构同环节同类别再发现为反复';
comment on column settings.outside_trainings_count is '镇或消防部门组织的培训是否算机构的半年培训';
comment on column settings.due_soon_days is '几天内到期列入今日必督';
comment on column settings.period_ending_days is '职责周期还剩几天列入今日必督';
comment on column settings.silent_days is '几天未报送台账列入今日必督';
comment on column settings.compare_days is '变化默认与几天前相比';
comment on column settings.stale_days is '数据比当天早几天起提示';
comment on column settings.few is '分母小于几不参加排名';
comment on column settings.common_share is '一类隐患达到几成机构都有为共性隐患';
comment on column settings.pace_days is '推算收官时的未整改数，看最近几天的整改速度';

create table action_rules (
    action varchar primary key,
    rank integer not null,
    action_name varchar not null,
    asks varchar not null,
    actor varchar not null,
    clause varchar not null
);
comment on table action_rules is '今日必督的规则：一类事项一行';
comment on column action_rules.action is '事项代码';
comment on column action_rules.rank is '先后';
comment on column action_rules.action_name is '事项名称';
comment on column action_rules.asks is '要求怎么办';
comment on column action_rules.actor is '谁来办';
comment on column action_rules.clause is '方案条款';
