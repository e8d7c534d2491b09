"""Whether a cell meant for what happened speaks of a plan, a limit or a not-yet instead."""

import polars as pl

HARMLESS = r"提前|前[门厅台院期]|按(?:照)?(?:计划|要求|期限)|符合要求|达到要求|权限|期限内"
"""Words that hold one of the signs below and say nothing of the kind."""

NOT_YET = (
    r"预计|预期|预定|计划|拟|争取|力争|要求|责令|限|前|截止|截至"
    r"|未|尚|没|不合格|不到位|不通过|部分|正在|进行中|整改中"
    r"|[日号\d]起|[应需待须](?:[于在当\d]|整改|完成|落实)"
)


def speaks_of_plan(text: pl.Expr) -> pl.Expr:
    """True for 预计2024-05-20完成, 2024年5月20日前 and 未整改（限2024-05-20）."""
    plain = text.str.normalize("NFKC").str.replace_all(r"\s+", "")
    return plain.str.replace_all(HARMLESS, "").str.contains(NOT_YET)
