"""KBS News (news.kbs.co.kr)."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h4.headline-title", "h5.tit-s", ".landing-caption .tit-s"),
    authors=(".reporter-info .name", ".reporter-name", ".writer .name"),
    published=(".dates .input-date", ".landing-caption .date", ".date"),
    modified=(".dates .update-date",),
    section=(".category-name", ".breadcrumb a + a"),
    body=("#cont_newstext", ".detail-body"),
    drop=(".detail-visual, .photo-caption, .view_con_img .caption, .copyright, .reporter-info, .btn-area",),
    cut_at=("■ 제보하기", "▷ 카카오톡", "▷ 전화", "▷ 이메일"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:kbs", RULE)
