"""Broken XML is mended without losing what people wrote."""

from corpus.xml_text import mended_tree


def test_mended_tree_keeps_what_people_wrote_between_tags():
    tree = mended_tree("a", "<a><b>caf&eacute; &amp; th&eacute; & lait &inventé; &#233;</b><![CDATA[&eacute;]]></a>")

    assert tree[0].text == "café & thé & lait &inventé; é"
    assert tree[0].tail == "&eacute;"


def test_mended_tree_drops_references_to_what_is_no_character():
    assert mended_tree("a", "<a>d&#55296;é&#x110000;j&#0;à&#xE9;</a>").text == "déjàé"
