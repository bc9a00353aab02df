-- The checks of comments as a careful analyst would write them: rows of text named t, with
-- `is_record` and `raw`; every row comes out once, typed, with the reason why it is bad, or null,
-- and what stood there.
WITH cast_once AS (
  SELECT
    raw,
    is_record,
    t.*,
    CASE WHEN regexp_full_match(t.published_at, '{instant}')
      THEN TRY_CAST(t.published_at AS TIMESTAMPTZ) END AS published,
    CASE WHEN regexp_full_match(t.observed_at, '{instant}')
      THEN TRY_CAST(t.observed_at AS TIMESTAMPTZ) END AS observed,
    CASE WHEN regexp_full_match(t.reaction_count, '[0-9]{{1,18}}(\.0+)?')
      THEN TRY_CAST(t.reaction_count AS BIGINT) END AS reactions,
    TRY_CAST(t.is_institution AS BOOLEAN) AS institution
  FROM ({source})
), checked AS (
  SELECT
    *,
    CASE
      WHEN NOT is_record THEN 'cannot be taken apart'
      WHEN author_key IS NOT NULL
        AND NOT regexp_full_match(author_key, '(key:)?[0-9a-fA-F]{{16,128}}') THEN 'author_key'
      WHEN platform IS NULL OR platform NOT IN ({platforms}) THEN 'platform'
      WHEN comment_id IS NULL OR regexp_full_match(comment_id, '{cut}') THEN 'comment_id'
      WHEN starts_with(comment_id, '{{') OR starts_with(comment_id, '[') THEN 'comment_id'
      WHEN post_id IS NULL OR regexp_full_match(post_id, '{cut}') THEN 'post_id'
      WHEN starts_with(post_id, '{{') OR starts_with(post_id, '[') THEN 'post_id'
      WHEN published IS NULL THEN 'published_at'
      WHEN observed IS NULL THEN 'observed_at'
      WHEN reaction_count IS NOT NULL AND reactions IS NULL THEN 'reaction_count'
      WHEN is_institution IS NOT NULL AND institution IS NULL THEN 'is_institution'
      WHEN regexp_full_match(parent_id, '{cut}') THEN 'parent_id'
      WHEN starts_with(parent_id, '{{') OR starts_with(parent_id, '[') THEN 'parent_id'
    END AS reason
  FROM cast_once
)
SELECT
  platform,
  comment_id,
  post_id,
  author_key,
  published AS published_at,
  (published AT TIME ZONE 'Asia/Jakarta')::DATE AS published_on,
  observed AS observed_at,
  "text",
  reactions AS reaction_count,
  coalesce(institution, false) AS is_institution,
  parent_id,
  reason,
  CASE WHEN reason IS NOT NULL THEN left(raw, 2000) END AS raw
FROM checked
