-- The checks of an import as a careful analyst would write them: rows of text named t, with
-- `is_record` and `raw`; every row comes out once, typed, with the reason why it is bad, or null,
-- and what stood there.
WITH cast_once AS (
  SELECT
    raw,
    is_record,
    t.*,
    lower(trim(t.account_id)) AS account,
    CASE WHEN regexp_full_match(t.published_at, '{instant}')
      THEN TRY_CAST(t.published_at AS TIMESTAMPTZ) END AS published,
    CASE WHEN regexp_full_match(t.observed_at, '{instant}')
      THEN TRY_CAST(t.observed_at AS TIMESTAMPTZ) END AS observed,
    CASE WHEN regexp_full_match(t.deleted_at, '{instant}')
      THEN TRY_CAST(t.deleted_at AS TIMESTAMPTZ) END AS deleted,
    TRY_CAST(t.duration_s AS DOUBLE) AS seconds,
    TRY_CAST(t.is_paid AS BOOLEAN) AS paid,
    {counts},
    CASE WHEN json_valid(t.missing) THEN json_transform(t.missing, '{shape}') END AS why
  FROM ({source})
), checked AS (
  SELECT
    *,
    CASE
      WHEN NOT is_record THEN 'cannot be taken apart'
      WHEN platform IS NULL OR platform NOT IN ({platforms}) THEN 'platform'
      WHEN post_id IS NULL OR regexp_full_match(post_id, '{cut}') THEN 'post_id'
      WHEN starts_with(post_id, '{{') OR starts_with(post_id, '[') THEN 'post_id'
      WHEN account_id IS NULL OR NOT regexp_full_match(account, '@?[^\s:@]+') THEN 'account_id'
      WHEN published IS NULL THEN 'published_at'
      WHEN observed IS NULL THEN 'observed_at'
      WHEN kind NOT IN ({kinds}) THEN 'kind'
      WHEN origin NOT IN ({origins}) THEN 'origin'
      WHEN duration_s IS NOT NULL AND NOT coalesce(seconds >= 0 AND isfinite(seconds), false)
        THEN 'duration_s'
      WHEN starts_with(co_account_ids, '[') AND NOT json_valid(co_account_ids) THEN 'co_account_ids'
      WHEN is_paid IS NOT NULL AND paid IS NULL THEN 'is_paid'
      WHEN deleted_at IS NOT NULL AND deleted IS NULL THEN 'deleted_at'
      WHEN {bad_counts} THEN 'counts'
      WHEN missing IS NOT NULL AND missing <> 'null' AND why IS NULL THEN 'missing'
      WHEN why IS NOT NULL AND NOT list_has_all([{count_names}], json_keys(missing)) THEN 'missing'
      WHEN {bad_reasons} THEN 'missing'
    END AS reason
  FROM cast_once
)
SELECT
  platform,
  post_id,
  platform || ':' || account AS account_id,
  published AS published_at,
  (published AT TIME ZONE 'Asia/Jakarta')::DATE AS published_on,
  observed AS observed_at,
  kind,
  coalesce(origin, 'original') AS origin,
  "text",
  url,
  language,
  n_media_count AS media_count,
  seconds AS duration_s,
  from_json(co_account_ids, '["VARCHAR"]') AS co_account_ids,
  n_alt_text_count AS alt_text_count,
  paid AS is_paid,
  {final_counts},
  deleted AS deleted_at,
  reason,
  CASE WHEN reason IS NOT NULL THEN left(raw, 2000) END AS raw
FROM checked
