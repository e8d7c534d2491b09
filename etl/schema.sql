-- The warehouse's public tables of facts. One row a record; words are the Chinese words people use,
-- and the is_/…_code columns beside them carry what the rules need, so no query depends on a Chinese word.
-- Large tables have no keys, which would take longer to keep than the rows: audits hold what keys would.

create table build (
    build varchar primary key,
    as_of date not null,
    county varchar not null,
    is_example boolean not null
);
comment on table build is '本次构建：一行';
comment on column build.build is '构建编号：输入内容的散列';
comment on column build.as_of is '台账已知到哪一天（统计截止日期的上限）';
comment on column build.county is '县民政局的名称';
comment on column build.is_example is '是否示例数据';

create table counties (
    county_id bigint primary key,
    code varchar,
    county varchar not null unique,
    bureau varchar not null,
    known_to date
);
comment on table counties is '县区：本库只有一个县；汇集多个县时一县一行';
comment on column counties.county_id is '编号；汇集多个县时为行政区划代码';
comment on column counties.code is '行政区划代码';
comment on column counties.county is '县区名称';
comment on column counties.bureau is '县级主管单位';
comment on column counties.known_to is '台账知道到哪一天；本库只有一个县时见 build';

create table townships (
    township_id integer primary key,
    county_id bigint not null default 1,
    code varchar,
    township varchar not null unique,
    former_names varchar[] not null,
    grid_row integer,
    grid_column integer,
    outline varchar
);
comment on table townships is '乡镇：编号即官方顺序';
comment on column townships.township_id is '官方顺序，自 1 起';
comment on column townships.county_id is '所属县区';
comment on column townships.code is '行政区划代码';
comment on column townships.township is '乡镇名称';
comment on column townships.former_names is '曾用名';
comment on column townships.grid_row is '方格地图的行';
comment on column townships.grid_column is '方格地图的列';
comment on column townships.outline is '轮廓：GeoJSON 的 geometry，没有则空';

create table institutions (
    institution_id integer primary key,
    institution varchar not null unique,
    credit_code varchar,
    township_id integer not null references townships (township_id),
    institution_type varchar,
    former_names varchar[] not null,
    beds integer,
    residents integer,
    mobile_residents integer,
    staff integer,
    principal varchar,
    opened_on date,
    closed_on date,
    responsibility_on date,
    emergency_plan_on date
);
comment on table institutions is '机构台账：一家养老机构一行';
comment on column institutions.institution_id is '编号：按乡镇、名称排序';
comment on column institutions.institution is '机构名称';
comment on column institutions.credit_code is '统一社会信用代码';
comment on column institutions.township_id is '所属乡镇';
comment on column institutions.institution_type is '机构类型';
comment on column institutions.former_names is '曾用名';
comment on column institutions.beds is '床位数（张）';
comment on column institutions.residents is '入住老人数（人）';
comment on column institutions.mobile_residents is '有行动能力老人数（人）';
comment on column institutions.staff is '职工总数（人）';
comment on column institutions.principal is '负责人';
comment on column institutions.opened_on is '开办日期；空为一直在营';
comment on column institutions.closed_on is '停办日期；空为未停办';
comment on column institutions.responsibility_on is '安全责任制落实日期';
comment on column institutions.emergency_plan_on is '应急预案日期';

create table inspections (
    inspection_id integer not null,
    institution_id integer not null,
    inspected_on date not null,
    inspection_type varchar not null,
    inspection_code varchar not null,
    is_authority boolean not null,
    is_unannounced boolean not null,
    areas varchar[] not null,
    area_codes varchar[] not null,
    inspectors varchar,
    is_led_by_principal boolean,
    is_signed boolean,
    is_filed boolean,
    hazards_found integer,
    conclusion varchar
);
comment on table inspections is '检查记录：一次检查一行';
comment on column inspections.inspection_id is '编号';
comment on column inspections.institution_id is '被检查机构';
comment on column inspections.inspected_on is '检查日期';
comment on column inspections.inspection_type is '检查类型';
comment on column inspections.inspection_code is '检查类型代码（etl/choices.toml）';
comment on column inspections.is_authority is '是否上级检查';
comment on column inspections.is_unannounced is '是否四不两直或明察暗访';
comment on column inspections.areas is '检查环节';
comment on column inspections.area_codes is '检查环节代码';
comment on column inspections.inspectors is '检查人';
comment on column inspections.is_led_by_principal is '主要负责人带队';
comment on column inspections.is_signed is '签字确认';
comment on column inspections.is_filed is '存档备查';
comment on column inspections.hazards_found is '发现隐患数（处）';
comment on column inspections.conclusion is '结论';

create table hazards (
    hazard_id integer not null,
    hazard_number varchar,
    institution_id integer not null,
    found_on date not null,
    source varchar,
    source_code varchar,
    is_found_by_county boolean not null,
    area varchar,
    kind varchar,
    is_comparable boolean not null,
    severity varchar not null,
    is_major boolean not null,
    judgement_clause varchar,
    description varchar not null,
    responsible_unit varchar,
    responsible_person varchar,
    measures varchar,
    deadline_on date,
    extended_to date,
    extension_approved_on date,
    extensions integer,
    interim_control varchar,
    tracker varchar,
    reported_on date,
    rectified_on date,
    verified_on date,
    cause varchar,
    status varchar,
    remark varchar,
    is_recurrence boolean not null default false
);
comment on table hazards is '隐患台账：一处隐患一行';
comment on column hazards.hazard_id is '编号';
comment on column hazards.hazard_number is '隐患编号（台账所写）';
comment on column hazards.institution_id is '所在机构';
comment on column hazards.found_on is '发现日期';
comment on column hazards.source is '隐患来源';
comment on column hazards.source_code is '隐患来源代码：检查类型代码或 complaint';
comment on column hazards.is_found_by_county is '是否县局自己发现（视同当日上报）';
comment on column hazards.area is '环节';
comment on column hazards.kind is '隐患类别';
comment on column hazards.is_comparable is '环节与类别都写明且不是其他（可判断反复）';
comment on column hazards.severity is '隐患等级';
comment on column hazards.is_major is '是否重大隐患';
comment on column hazards.judgement_clause is '判定依据';
comment on column hazards.description is '隐患描述';
comment on column hazards.responsible_unit is '责任单位';
comment on column hazards.responsible_person is '责任人';
comment on column hazards.measures is '整改措施';
comment on column hazards.deadline_on is '整改时限';
comment on column hazards.extended_to is '延期至';
comment on column hazards.extension_approved_on is '延期批准日期';
comment on column hazards.extensions is '延期次数';
comment on column hazards.interim_control is '整改期间的管控措施';
comment on column hazards.tracker is '督办人';
comment on column hazards.reported_on is '上报县局日期';
comment on column hazards.rectified_on is '整改完成日期';
comment on column hazards.verified_on is '复查销号日期';
comment on column hazards.cause is '成因';
comment on column hazards.status is '整改状态（台账所写，不参与计算）';
comment on column hazards.remark is '备注';
comment on column hazards.is_recurrence is '是否反复：同一机构、同一环节、同一类别的隐患整改后规定天数内又发现（建库时算定）';

create table trainings (
    training_id integer not null,
    trained_on date not null,
    organiser varchar not null,
    organiser_code varchar not null,
    institution_id integer not null,
    topic varchar,
    expected_principals integer,
    attended_principals integer,
    expected_safety_managers integer,
    attended_safety_managers integer,
    expected_frontline_staff integer,
    attended_frontline_staff integer,
    expected_care_staff integer,
    attended_care_staff integer,
    expected_mobile_residents integer,
    attended_mobile_residents integer
);
comment on table trainings is '培训记录：一家机构的一场培训一行';
comment on column trainings.training_id is '编号';
comment on column trainings.trained_on is '培训日期';
comment on column trainings.organiser is '组织单位';
comment on column trainings.organiser_code is '组织单位种类：county、township、institution（本机构）、other';
comment on column trainings.institution_id is '参训机构';
comment on column trainings.topic is '培训内容';
comment on column trainings.expected_principals is '应训机构负责人（人）';
comment on column trainings.attended_principals is '实训机构负责人（人）';
comment on column trainings.expected_safety_managers is '应训安全管理人员（人）';
comment on column trainings.attended_safety_managers is '实训安全管理人员（人）';
comment on column trainings.expected_frontline_staff is '应训一线职工（人）';
comment on column trainings.attended_frontline_staff is '实训一线职工（人）';
comment on column trainings.expected_care_staff is '应训护理人员（人）';
comment on column trainings.attended_care_staff is '实训护理人员（人）';
comment on column trainings.expected_mobile_residents is '应训有行动能力老人（人）';
comment on column trainings.attended_mobile_residents is '实训有行动能力老人（人）';

create table drills (
    drill_id integer not null,
    institution_id integer not null,
    drilled_on date not null,
    drill_type varchar not null,
    is_evacuation boolean not null,
    staff_attending integer,
    residents_attending integer,
    evacuation_minutes double,
    problems_found integer,
    is_evaluated boolean
);
comment on table drills is '演练记录：一次演练一行';
comment on column drills.drill_id is '编号';
comment on column drills.institution_id is '演练机构';
comment on column drills.drilled_on is '演练日期';
comment on column drills.drill_type is '演练类型';
comment on column drills.is_evacuation is '是否疏散逃生演练';
comment on column drills.staff_attending is '参演工作人员数（人）';
comment on column drills.residents_attending is '参演老人数（人）';
comment on column drills.evacuation_minutes is '疏散用时（分钟）';
comment on column drills.problems_found is '发现问题数（个）';
comment on column drills.is_evaluated is '是否有评估总结';

create table complaints (
    complaint_id integer not null,
    received_on date not null,
    channel varchar,
    institution_id integer not null,
    content varchar not null,
    due_on date,
    checked_on date,
    finding varchar,
    settled_on date
);
comment on table complaints is '举报投诉：一件一行';
comment on column complaints.complaint_id is '编号';
comment on column complaints.received_on is '受理日期';
comment on column complaints.channel is '渠道';
comment on column complaints.institution_id is '被反映机构';
comment on column complaints.content is '反映内容';
comment on column complaints.due_on is '办理期限';
comment on column complaints.checked_on is '核查日期';
comment on column complaints.finding is '是否属实：是、否、部分';
comment on column complaints.settled_on is '办结日期';

create table activities (
    activity_id integer not null,
    held_on date not null,
    activity_type varchar not null,
    activity_code varchar not null,
    unit varchar not null,
    unit_code varchar not null,
    county_id bigint not null default 1,
    township_id integer,
    institution_id integer,
    participants integer
);
comment on table activities is '宣传活动：一个单位的一次活动一行';
comment on column activities.activity_id is '编号';
comment on column activities.held_on is '日期';
comment on column activities.activity_type is '活动类型';
comment on column activities.activity_code is '活动类型代码';
comment on column activities.unit is '单位';
comment on column activities.unit_code is '单位种类：county、township、institution';
comment on column activities.county_id is '单位所在县区';
comment on column activities.township_id is '单位所在乡镇；县民政局为空';
comment on column activities.institution_id is '单位为机构时的编号';
comment on column activities.participants is '参与人数（人）';

create table task_progress (
    task_progress_id integer not null,
    task varchar not null,
    unit varchar not null,
    unit_code varchar not null,
    county_id bigint not null default 1,
    township_id integer,
    institution_id integer,
    responsible_person varchar,
    planned_on date,
    done_on date,
    evidence varchar
);
comment on table task_progress is '任务进展：一个单位的一项任务一行';
comment on column task_progress.task_progress_id is '编号';
comment on column task_progress.task is '任务编号（方案任务）';
comment on column task_progress.unit is '责任单位';
comment on column task_progress.unit_code is '单位种类：county、township、institution';
comment on column task_progress.county_id is '单位所在县区';
comment on column task_progress.township_id is '单位所在乡镇；县民政局为空';
comment on column task_progress.institution_id is '单位为机构时的编号';
comment on column task_progress.responsible_person is '责任人';
comment on column task_progress.planned_on is '计划完成日期';
comment on column task_progress.done_on is '完成日期';
comment on column task_progress.evidence is '佐证材料';

create table measures (
    measure_id integer not null,
    measure varchar not null,
    unit varchar not null,
    unit_code varchar not null,
    county_id bigint not null default 1,
    township_id integer,
    institution_id integer,
    category varchar,
    problem varchar,
    issued_on date not null,
    basis varchar
);
comment on table measures is '制度成果：一个单位的一项制度一行';
comment on column measures.measure_id is '编号';
comment on column measures.measure is '名称';
comment on column measures.unit is '单位';
comment on column measures.unit_code is '单位种类：county、township、institution';
comment on column measures.county_id is '单位所在县区';
comment on column measures.township_id is '单位所在乡镇；县民政局为空';
comment on column measures.institution_id is '单位为机构时的编号';
comment on column measures.category is '类别';
comment on column measures.problem is '针对问题';
comment on column measures.issued_on is '印发日期';
comment on column measures.basis is '依据';

create table source_files (
    block_id integer primary key,
    path varchar not null,
    sheet varchar,
    kind varchar,
    kind_name varchar,
    header_row integer,
    county_id bigint not null default 1,
    township_id integer references townships (township_id),
    reported_on date,
    rows_read integer not null,
    rows_taken integer not null,
    rows_merged integer not null,
    rows_refused integer not null,
    rows_warned integer not null,
    reason varchar
);
comment on table source_files is '来源：一个文件里的一块台账一行；读不了的文件也有一行';
comment on column source_files.block_id is '编号';
comment on column source_files.path is '文件（相对路径）';
comment on column source_files.sheet is '工作表';
comment on column source_files.kind is '台账种类代码；空为未识别';
comment on column source_files.kind_name is '台账种类';
comment on column source_files.header_row is '表头所在行';
comment on column source_files.county_id is '报送县区';
comment on column source_files.township_id is '报送乡镇；空为县局或不明';
comment on column source_files.reported_on is '填报日期（表内，否则文件名）';
comment on column source_files.rows_read is '读到的数据行';
comment on column source_files.rows_taken is '计入的行';
comment on column source_files.rows_merged is '并入已有记录的行';
comment on column source_files.rows_refused is '未计入的行';
comment on column source_files.rows_warned is '有提醒的行';
comment on column source_files.reason is '未读入的原因';

create table record_sources (
    kind varchar not null,
    record_id integer not null,
    block_id integer not null,
    row_number integer not null,
    is_winning boolean not null
);
comment on table record_sources is '每条记录出自哪些行';
comment on column record_sources.kind is '台账种类代码';
comment on column record_sources.record_id is '该种类表里的编号';
comment on column record_sources.block_id is '来源';
comment on column record_sources.row_number is '工作表行号';
comment on column record_sources.is_winning is '是否以这一行为准（计入）；否则为并入';

create table possible_duplicates (
    kind varchar not null,
    record_id integer not null,
    other_id integer not null,
    reason varchar not null,
    primary key (kind, record_id, other_id)
);
comment on table possible_duplicates is '疑似重复、尚无人判定的两条记录：一对一行';
comment on column possible_duplicates.kind is '台账种类代码';
comment on column possible_duplicates.record_id is '该种类表里的编号，两条中较小的';
comment on column possible_duplicates.other_id is '另一条的编号';
comment on column possible_duplicates.reason is '为何疑似重复';

create table refused_rows (
    block_id integer not null,
    row_number integer not null,
    column_name varchar,
    cell_value varchar,
    rule varchar not null,
    message varchar not null,
    cells varchar not null
);
comment on table refused_rows is '未计入的行：一行的一条原因一行';
comment on column refused_rows.block_id is '来源';
comment on column refused_rows.row_number is '工作表行号';
comment on column refused_rows.column_name is '列（表头所写）';
comment on column refused_rows.cell_value is '所填的值';
comment on column refused_rows.rule is '规则代码';
comment on column refused_rows.message is '原因与处理办法';
comment on column refused_rows.cells is '整行原样：JSON，表头到值';

create table warned_rows (
    block_id integer not null,
    row_number integer not null,
    column_name varchar,
    cell_value varchar,
    rule varchar not null,
    message varchar not null
);
comment on table warned_rows is '有提醒的行：一行的一条提醒一行';
comment on column warned_rows.block_id is '来源';
comment on column warned_rows.row_number is '工作表行号';
comment on column warned_rows.column_name is '列（表头所写）';
comment on column warned_rows.cell_value is '所填的值';
comment on column warned_rows.rule is '规则代码';
comment on column warned_rows.message is '提醒与处理办法';
