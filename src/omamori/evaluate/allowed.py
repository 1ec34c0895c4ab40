"""What a check's SELECT may be made of. Everything that is not named here is refused.

To allow one more function: it must only compute from its arguments (no file, network, catalog,
setting, randomness or clock; `$now` is the only moment) and it must not look across machines.
"""

from __future__ import annotations

from sqlglot import expressions as exp


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTIONS = _words("""
    lower upper trim ltrim rtrim length strlen left right substr substring replace concat concat_ws reverse repeat starts_with prefix
    ends_with suffix contains strpos instr position split_part string_split str_split lpad rpad regexp_matches regexp_extract
    regexp_replace regexp_full_match regexp_extract_all strip_accents nfc_normalize printf format ascii
    coalesce nullif ifnull if greatest least abs round floor ceil ceiling trunc sign mod hash typeof
    date_diff datediff date_trunc date_part datepart extract year month day hour minute second epoch strftime date_add date_sub make_date
    last_day dayofweek isodow to_days to_hours to_minutes to_months to_years to_seconds to_weeks age
    count count_star count_if sum min max avg median any_value first last arg_max arg_min max_by min_by string_agg group_concat listagg
    list array_agg bool_or bool_and
    unnest range generate_series list_value list_contains list_has array_contains list_sort list_distinct list_filter list_transform
    list_any_value array_to_string list_aggregate len list_has_any list_has_all list_extract array_extract list_slice array_slice
    array_length row
    row_number rank dense_rank lag lead first_value last_value
""")
"""Function names as DuckDB knows them: words, values, moments, many to one, lists, over rows."""

OPERATORS = _words("""
    + - * / // % || ~~ !~~ ~~* !~~* ~~~ & | << >> @> <@ && like_escape not_like_escape ilike_escape not_ilike_escape
""")
"""Names under which DuckDB's parser reports operators."""

TABLE_FUNCTIONS = frozenset({"unnest", "range", "generate_series"})

_FUNCTION_NODES = _words("""
    Lower Upper Trim Length Left Right Substring Replace Concat ConcatWs Reverse Repeat StartsWith EndsWith Contains StrPosition
    SplitPart Split Pad RegexpLike RegexpILike RegexpExtract RegexpReplace RegexpFullMatch RegexpExtractAll RegexpSplit Normalize Ascii
    Format Unicode Coalesce Nullif If Greatest Least Abs Round Floor Ceil Trunc Sign Mod Cast TryCast Case Exists And Or Typeof
    DateDiff TimestampDiff TimestampTrunc DateTrunc Extract Year Month Day Hour Minute Second TimeToStr DateAdd DateSub DateFromParts
    LastDay DayOfWeek DayOfWeekIso ToDays Date TsOrDsToDate TsOrDsAdd
    Count CountIf Sum Min Max Avg Median AnyValue First Last ArgMax ArgMin GroupConcat ArrayAgg LogicalOr LogicalAnd Filter IgnoreNulls
    Unnest Explode Inline GenerateSeries Array List ArrayContains SortArray ArrayDistinct ArrayFilter Transform ArrayToString ArraySize
    ArrayOverlaps ArrayContainsAll ArraySlice Struct
    RowNumber Rank DenseRank Lag Lead FirstValue LastValue Anonymous AnonymousAggFunc
""")

_OTHER_NODES = _words("""
    Select From Join Where Group Having Order Ordered Qualify Window WindowSpec With CTE Subquery Union Except Intersect Table TableAlias
    Identifier Column Alias Aliases Literal Boolean Null Placeholder Parameter Interval Var DataType DataTypeParam Not Paren In Between
    Like ILike SimilarTo Glob Escape Distinct Star Lateral Tuple Bracket Slice Lambda DPipe IntDiv Add Sub Mul Div Neg Is EQ NEQ GT GTE
    LT LTE NullSafeEQ NullSafeNEQ Limit Offset PropertyEQ Any All WithinGroup BitwiseAnd
""")


def node_types() -> frozenset[type[exp.Expr]]:
    """Return the classes of sqlglot nodes a SELECT may hold (names its version does not know are left out)."""
    found = (getattr(exp, name, None) for name in _FUNCTION_NODES | _OTHER_NODES)
    return frozenset(item for item in found if item is not None)
