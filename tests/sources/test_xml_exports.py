"""XML of sites and agencies: WordPress, NITF, NewsML."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.records import Article
from assistant.sources.build_article import Skipped
from assistant.sources.files.read_files import read
from tests.support.effort import MANY, processor_seconds
from tests.support.making import SECOND, STORY

TEXT = f"{STORY}\n\n{SECOND}"
WXR = f"""<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Harbour Wire</title>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login>ih</wp:author_login>
<wp:author_display_name>Ida Holm</wp:author_display_name></wp:author>
<item><title>Bridge &amp; lorries</title><link>https://wire.example/bridge</link>
<dc:creator>ih</dc:creator><content:encoded><![CDATA[<!-- wp:paragraph -->
<p>{STORY}</p>[gallery ids="1,2"]<p>{SECOND}</p>]]></content:encoded>
<wp:post_date_gmt>2026-03-09 08:00:00</wp:post_date_gmt><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type><category domain="post_tag" nicename="a">roads</category></item>
<item><title>Old style</title><content:encoded><![CDATA[{STORY}

{SECOND}]]></content:encoded><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>
<item><title>Not yet</title><content:encoded>a</content:encoded><wp:status>draft</wp:status>
<wp:post_type>post</wp:post_type></item>
<item><title>Picture</title><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>
</item></channel></rss>"""
NITF = f"""<nitf><head><title>x</title><docdata><doc-id id-string="hw-1"/>
<date.issue norm="20260309T080000Z"/><doc.copyright holder="Harbour Wire"/>
<key-list><keyword key="roads"/></key-list></docdata></head><body><body.head>
<hedline><hl1>Bridge &amp; lorries</hl1></hedline><byline>By <person>Ida Holm</person></byline>
</body.head><body.content><block><p>{STORY}</p><p>{SECOND}</p></block></body.content>
<body.end/></body></nitf>"""
G2 = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:hw:1">
<itemMeta><provider literal="Harbour Wire"/><versionCreated>2026-03-09T09:00:00Z</versionCreated>
<firstCreated>2026-03-09T08:00:00Z</firstCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>Bridge &amp; lorries</headline><by>By Ida Holm</by>
<subject><name>roads</name></subject></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>{STORY}</p><p>{SECOND}</p></body></html></inlineXML></contentSet></newsItem></itemSet>
</newsMessage>"""
NEWSML = f"""<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:hw:1
</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>
<FirstCreated>20260309T080000Z</FirstCreated><Status FormalName="Usable"/></NewsManagement>
<NewsComponent><AdministrativeMetadata><Source><Party FormalName="Harbour Wire"/></Source>
</AdministrativeMetadata><NewsLines><HeadLine>Bridge &amp; lorries</HeadLine>
<ByLine>By Ida Holm</ByLine></NewsLines><ContentItem><DataContent><p>{STORY}</p><p>{SECOND}</p>
</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"""
KINDS = {"wxr": WXR, "nitf": NITF, "g2": G2, "newsml": NEWSML}


def articles(path: Path, content: str) -> tuple[list[Article], list[str]]:
    path.write_text(content, encoding="utf-8")
    found = list(read(path, most_bytes=5_000_000))
    reasons = [each.reason for each in found if isinstance(each, Skipped)]
    return [each[1] for each in found if not isinstance(each, Skipped)], reasons


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_says_is_kept(tmp_path: Path, kind: str) -> None:
    (first, *_), _ = articles(tmp_path / "a.xml", KINDS[kind])

    told = first.source
    assert (told.title, told.author) == ("Bridge & lorries", "Ida Holm")
    assert str(told.published)[:16] == "2026-03-09 08:00"
    assert told.publisher == "Harbour Wire"
    assert first.text == TEXT


def test_of_a_site_drafts_are_told_and_pictures_passed_over(tmp_path: Path) -> None:
    (_, old), reasons = articles(tmp_path / "a.xml", WXR)

    assert old.text == TEXT
    assert reasons == ["1 entry is left out: not published: its status is “draft”"]


@pytest.mark.parametrize("status", ["Canceled", "Withheld"])
def test_what_its_agency_withdrew_is_not_stored(tmp_path: Path, status: str) -> None:
    found, [reason] = articles(tmp_path / "a.xml", NEWSML.replace("Usable", status))

    assert not found
    assert "withdrawn by its agency" in reason


def test_a_feed_and_a_sitemap_are_told_their_options(tmp_path: Path) -> None:
    feed = "<rss version='2.0'><channel><title>a</title><item/></channel></rss>"

    assert "--feed" in articles(tmp_path / "a.xml", feed)[1][0]
    assert "--sitemap" in articles(tmp_path / "a.xml", "<urlset><url/></urlset>")[1][0]
    assert "of a kind not read" in articles(tmp_path / "a.xml", "<invoice/>")[1][0]


HOSTILE = [
    "<!DOCTYPE nitf [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>" + NITF,
    "<!DOCTYPE nitf [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><nitf><body>&x;</body></nitf>",
    "<nitf>" + "<block>" * 200_000,
    "<rss>" + "<item/>" * 400_000,
    "<NewsML>" + "<NewsItem>" * 100_000,
]


@pytest.mark.parametrize("raw", HOSTILE)
def test_hostile_xml_is_a_reason_and_soon(tmp_path: Path, raw: str) -> None:
    with processor_seconds(MANY):
        found, reasons = articles(tmp_path / "a.xml", raw)
    assert not found
    assert all("\n" not in reason for reason in reasons)
    assert reasons
