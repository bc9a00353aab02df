-- The edition's metrics as a careful analyst would write them by hand, on the same Parquet files.
-- Copies are known by a hash of the text: made here, late and once, or by the import.
CREATE TEMP TABLE audience AS
WITH daily AS (
  SELECT n.account_id, f.observed_on, median(f.follower_count::DOUBLE) AS followers
  FROM followers f JOIN account_names n ON f.account_id = n.name
  WHERE f.observed_on >= DATE '{opens_on}' AND f.observed_on < DATE '{closes_on}'
  GROUP BY ALL
)
SELECT account_id, median(followers) AS follower_count FROM daily GROUP BY account_id;

-- Followers by account and day of the window: the line between the nearest days with a reading.
CREATE TEMP TABLE audience_days AS
WITH daily AS (
  SELECT n.account_id, f.observed_on, median(f.follower_count::DOUBLE) AS followers
  FROM followers f JOIN account_names n ON f.account_id = n.name
  GROUP BY ALL
), days AS (
  SELECT DISTINCT account_id, published_on::DATE AS published_on
  FROM daily, range(DATE '{opens_on}', DATE '{closes_on}', INTERVAL 1 DAY) t(published_on)
)
SELECT d.account_id, d.published_on, floor(0.5 + CASE
    WHEN b.observed_on IS NULL THEN a.followers
    WHEN a.observed_on IS NULL OR a.observed_on = b.observed_on THEN b.followers
    ELSE b.followers + (a.followers - b.followers)
      * (d.published_on - b.observed_on) / (a.observed_on - b.observed_on)
  END)::BIGINT AS posting_follower_count
FROM days d
ASOF LEFT JOIN daily b ON b.account_id = d.account_id AND b.observed_on <= d.published_on
ASOF LEFT JOIN daily a ON a.account_id = d.account_id AND a.observed_on >= d.published_on;

CREATE TEMP VIEW readings AS
SELECT o.* EXCLUDE (account_id, {unread}, language, url), n.account_id,
  CASE
    WHEN abs(epoch(observed_at)::BIGINT - epoch(published_at)::BIGINT - {age_s}) <= {tolerance_s}
      THEN abs(epoch(observed_at)::BIGINT - epoch(published_at)::BIGINT - {age_s})
    WHEN epoch(observed_at)::BIGINT - epoch(published_at)::BIGINT < {age_s} - {tolerance_s}
      THEN 1::BIGINT << 50
    ELSE (1::BIGINT << 40) - epoch(observed_at)::BIGINT
  END AS place
FROM observations o JOIN account_names n ON o.account_id = n.name
WHERE o.published_on >= DATE '{opens_on}' AND o.published_on < DATE '{closes_on}'
  AND o.platform IN ({platforms});

-- Posts read more than once: a count that the best reading lacks comes from the next that has it.
CREATE TEMP TABLE several AS
WITH again AS (
  SELECT r.*, row_number() OVER (
    PARTITION BY platform, post_id ORDER BY place, account_id, source_sha256, source_row
  ) AS choice
  FROM readings r
  SEMI JOIN (
    SELECT platform, post_id FROM readings GROUP BY ALL HAVING count(*) > 1
  ) USING (platform, post_id)
)
SELECT * EXCLUDE (choice), choice,
  {first_said}
FROM again;

CREATE TEMP VIEW best AS
SELECT r.* FROM readings r ANTI JOIN several USING (platform, post_id)
WHERE place < 1::BIGINT << 50
UNION ALL BY NAME
SELECT * EXCLUDE (choice, {said_names}) REPLACE ({said}) FROM several
WHERE choice = 1 AND place < 1::BIGINT << 50;

CREATE TEMP TABLE authors AS
WITH named AS (
  SELECT platform, post_id, account_id FROM readings
  UNION
  SELECT u.platform, u.post_id, n.account_id
  FROM (SELECT platform, post_id, unnest(co_account_ids) AS name FROM readings
        WHERE len(co_account_ids) > 0) u
  JOIN account_names n USING (name)
)
SELECT * FROM named QUALIFY count(*) OVER (PARTITION BY platform, post_id) > 1;

CREATE TEMP VIEW credited AS
SELECT b.*, b.account_id AS author, FALSE AS is_joint FROM best b ANTI JOIN authors a USING (platform, post_id)
UNION ALL
SELECT b.*, a.account_id AS author, TRUE AS is_joint FROM best b JOIN authors a USING (platform, post_id);

CREATE TEMP VIEW posts AS
WITH owned AS (
  SELECT c.*, o.institution_id
  FROM credited c JOIN ownership o
    ON c.author = o.account_id AND c.published_on >= o.valid_from AND c.published_on < o.valid_to
), once AS (
  SELECT * FROM owned WHERE NOT is_joint
  UNION ALL
  SELECT * FROM owned WHERE is_joint
  QUALIFY row_number() OVER (
    PARTITION BY platform, post_id, institution_id ORDER BY author <> account_id, author) = 1
)
SELECT institution_id, author AS account_id, platform, post_id, o.published_on, published_at, kind,
  origin IN ('original', 'quote') AS is_own, {text_hash} AS text_hash, media_count, alt_text_count,
  date_trunc('week', o.published_on)::DATE AS week_on,
  reaction_count, comment_count, share_count, view_count,
  CASE platform {totals} END AS interaction_count, follower_count,
  posting_follower_count
FROM once o LEFT JOIN audience ON audience.account_id = o.author
LEFT JOIN audience_days ON audience_days.account_id = o.author
  AND audience_days.published_on = o.published_on;

CREATE TEMP TABLE unmarked AS
SELECT *, (published_on - DATE '1970-01-05') // {copy_days} AS period FROM posts;

-- Few texts come twice: their posts alone are put in order.
CREATE TEMP TABLE copies AS
SELECT institution_id, platform, post_id,
  row_number() OVER (
    PARTITION BY institution_id, platform, text_hash, period
    ORDER BY published_at, post_id) > 1 AS is_copy,
  row_number() OVER (
    PARTITION BY institution_id, text_hash, period
    ORDER BY published_at, platform, post_id) > 1 AS is_cross_copy
FROM unmarked SEMI JOIN (
  SELECT institution_id, text_hash, period, is_own FROM unmarked
  WHERE is_own AND text_hash IS NOT NULL GROUP BY ALL HAVING count(*) > 1
) USING (institution_id, text_hash, period, is_own);

CREATE TEMP TABLE marked AS
SELECT u.*, coalesce(c.is_copy, false) AS is_copy, coalesce(c.is_cross_copy, false) AS is_cross_copy
FROM unmarked u LEFT JOIN copies c USING (institution_id, platform, post_id);

CREATE TEMP TABLE account_metrics AS
SELECT institution_id, account_id, platform,
  count(*) FILTER (is_own) AS post_count,
  count(*) FILTER (is_own AND NOT is_copy) AS clean_post_count,
  sum(reaction_count) FILTER (is_own) AS reaction_count,
  sum(comment_count) FILTER (is_own) AS comment_count,
  sum(share_count) FILTER (is_own) AS share_count,
  sum(view_count) FILTER (is_own) AS view_count,
  sum(interaction_count) FILTER (is_own) AS interaction_count,
  sum(interaction_count - reaction_count) FILTER (is_own) AS discussion_count,
  count(*) FILTER (is_own AND NOT is_copy AND kind IN ('image', 'carousel')) AS image_post_count,
  count(*) FILTER (is_own AND NOT is_copy AND kind IN ('video', 'short_video', 'live')) AS video_post_count,
  avg(interaction_count) FILTER (is_own) AS interactions_per_post,
  quantile_cont(interaction_count::DOUBLE, 0.5) FILTER (is_own) AS median_interactions,
  1000 * avg(interaction_count) FILTER (is_own) / nullif(max(follower_count), 0) AS engagement_rate,
  -- In steps of 2^-20, as fractions are added: then the sum does not depend on the order of rows.
  avg(round(1048576 * 1000.0 * interaction_count / nullif(posting_follower_count, 0))::BIGINT)
    FILTER (is_own) / 1048576 AS posting_engagement_rate,
  1000 * sum(interaction_count) FILTER (is_own AND view_count IS NOT NULL)
    / sum(view_count) FILTER (is_own AND interaction_count IS NOT NULL) AS engagement_per_1000_views,
  sum(view_count) FILTER (is_own AND interaction_count IS NOT NULL
    AND kind IN ('video', 'short_video', 'live')) AS video_view_count,
  sum(interaction_count) FILTER (is_own AND view_count IS NOT NULL
    AND kind IN ('video', 'short_video', 'live')) AS video_interaction_count,
  sum(media_count) FILTER (is_own AND kind IN ('image', 'carousel')
    AND alt_text_count IS NOT NULL) AS image_media_count,
  sum(alt_text_count) FILTER (is_own AND kind IN ('image', 'carousel')
    AND media_count IS NOT NULL) AS alt_text_count,
  count(*) FILTER (is_own AND NOT is_copy AND text_hash IS NOT NULL
    AND kind IN ('video', 'short_video', 'live')) AS captioned_video_count
FROM marked GROUP BY ALL ORDER BY ALL;

CREATE TEMP TABLE institution_metrics AS
SELECT institution_id,
  count(DISTINCT published_on) FILTER (is_own) AS active_day_count,
  count(DISTINCT published_on) FILTER (is_own AND kind IN ('image', 'carousel')) AS image_day_count
FROM marked GROUP BY ALL ORDER BY ALL;

CREATE TEMP TABLE day_metrics AS
SELECT institution_id, sum(least(n, {daily_cap}))::BIGINT AS capped_post_count FROM (
  SELECT institution_id, platform, published_on, count(*) AS n FROM marked
  WHERE is_own AND NOT is_cross_copy GROUP BY ALL
) GROUP BY ALL ORDER BY ALL;

CREATE TEMP TABLE week_metrics AS
SELECT institution_id, count(*) FILTER (n >= 3) AS busy_week_count FROM (
  SELECT institution_id, week_on, count(*) AS n FROM marked
  WHERE is_own AND NOT is_cross_copy GROUP BY ALL
) GROUP BY ALL ORDER BY ALL;

CREATE TEMP TABLE comment_metrics AS
WITH once AS (
  SELECT platform, comment_id, max(post_id) AS post_id, bool_or(is_institution) AS is_institution,
    bool_or(parent_id IS NOT NULL) AS is_answer
  FROM comment_observations
  WHERE published_on >= DATE '{opens_on}' AND published_on < DATE '{closes_on}'
  GROUP BY ALL
)
SELECT m.institution_id, m.account_id, m.platform,
  count(*) FILTER (NOT once.is_institution) AS public_comment_count,
  count(*) FILTER (once.is_institution AND is_answer) AS reply_count
FROM once JOIN marked m USING (platform, post_id) GROUP BY ALL ORDER BY ALL;
