"""Tracking parameters of a query: those that say how a reader came, not what the page is."""

from __future__ import annotations

import re

#: Names, in lower case, that no content system uses to identify a page.
_NAMES = frozenset(
    """
    fbclid fb_action_ids fb_action_types fb_comment_id fb_ref fb_source action_object_map action_ref_map
    action_type_map mibextid rdid igsh igshid
    gclid gclsrc dclid gbraid wbraid gad gad_source gad_campaignid srsltid _ga _gl _gac gdffi gdftrk gdfms
    msclkid yclid ysclid _openstat twclid ttclid li_fat_id epik s_kwcid rb_clickid clickid wickedid ef_id
    mc_cid mc_eid mc_tc mkt_tok mkwid mkrid mkevt mkcid pcrid vero_id vero_conv vmcid nr_email_referer
    pk_campaign pk_kwd pk_source pk_medium pk_content pk_keyword pk_cid
    _hsenc _hsmi __hssc __hstc __hsfp hsctatracking _bta_c _bta_tid _branch_match_id _branch_referrer _ke _kx
    oly_anon_id oly_enc_id __readwiselocation redirect_log_mongo_id redirect_mongo_id
    campaign_id campaign_name campaign_source campaign_medium campid customid rtid aftr_source partnerid
    s_cid sc_cid sc_campaign cmpid icid ncid ocid xtor wt_mc wt.mc_id wt_zmc wtrid trk trkcampaign
    trk_contact trk_module trk_msg trk_sid sms_click sms_source sms_uph tw_campaign tw_content tw_medium
    tw_source tw_term tw_adid ito smid smtyp spm scm guccounter guce_referrer guce_referrer_sig soc_src soc_trk
    tsrc ref_src ref_url sr_share share_token at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4
    at_format at_link_id at_link_origin at_link_type at_ptr_name ns_mchannel ns_source ns_campaign ns_linkname
    showcomment replytocom phpsessid jsessionid
    """.split()  # noqa: SIM905 (a list of 130 quoted words cannot be read)
)
_PREFIXES = ("utm_", "mtm_", "matomo_", "piwik_", "hsa_", "itm_")

#: Names that may also mean something else: only with these values do they say how the reader came.
_BY_VALUE = {
    name: frozenset({"rss", "rssfeed", "rss-feed", "feed", "feeds", "newsletter", "twitter", "facebook"})
    for name in ("source", "src", "from", "partner", "emc", "cmp", "medium", "referrer", "via")
}
_HOST_NAME = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20}")


def is_tracking_parameter(name: str, value: str) -> bool:
    """Whether ``name=value``, both as they stand in a query, can be left out without changing the page."""
    name = name.lower()
    if name in _NAMES or name.startswith(_PREFIXES):
        return True
    if name in _BY_VALUE:
        # Medium marks its own links with the place they stand at: `source=home---two_column_layout_sidebar----0`.
        return value.lower() in _BY_VALUE[name] or (name == "source" and "---" in value)
    # `ref=example.com` is what blogging platforms add to outbound links; `ref=home` or `ref=77` may be the site's own.
    return name == "ref" and _HOST_NAME.fullmatch(value.lower()) is not None
