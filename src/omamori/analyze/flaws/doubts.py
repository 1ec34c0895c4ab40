"""What has to be confirmed before a flaw found by a product's name counts as certain."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.text import Text

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "name": Text(
            "名前が似ているだけなので、公表された製品と同じものか確かめてください",
            "only the names are alike: confirm that it is the product the publisher means",
        ),
        "no_version": Text("バージョンが分からないので、確かめてください", "its version is not known: look it up"),
        "unordered": Text(
            "このバージョンの書き方は機械では比べられません。公表された範囲と見比べてください",
            "versions written like this cannot be compared by a machine: compare it with the published range",
        ),
        "year": Text(
            "製品名の年(2016など)とビルド番号は比べられません。入っているビルドを調べ、公表された範囲と見比べてください",
            "the year in a product's name and a build number cannot be compared: look up the build and compare it with the published range",
        ),
        "train": Text(
            "別の系列(トレイン)のバージョンとは比べられません。メーカーの情報で確かめてください",
            "versions of another train cannot be compared: look at the maker's notice",
        ),
        "every_version": Text(
            "公表された情報にバージョンが書かれていません。今のバージョンも当たるか確かめてください",
            "the record names no version: confirm that this one is meant",
        ),
        "earlier": Text(
            "公表された情報はその時の最新の更新だけを挙げています。それより古いので、当たると思われます",
            "the record names only the newest update of its time; this one is older and likely affected too",
        ),
        "edition": Text(
            "公表された情報は製品の年版だけを挙げ、ビルドを書いていません。更新プログラムの適用状況で確かめてください",
            "the record names the edition, not the build: look which updates are installed",
        ),
        "engine": Text(
            "同じ元から作られた別の製品の情報です。配布元の情報で確かめてください",
            "the record is about the product this one is built from: look at the notice of who built it",
        ),
        "series": Text(
            "系列ごとに別の修正があり、バージョンの範囲だけでは決まりません。メーカーの情報で確かめてください",
            "every series has repairs of its own: the range alone does not decide, look at the maker's notice",
        ),
        "needs": Text(
            "公表された情報には条件(組み合わせや設定)があります。当てはまるか確かめてください",
            "the record names a condition (what must be there besides): confirm that it holds here",
        ),
        "target": Text(
            "公表された情報は特定の版だけを挙げています。この機器の版か確かめてください",
            "the record is about a particular edition: confirm that it is this one",
        ),
        "hot_fix": Text(
            "修正が個別に入っているかもしれません。メーカーの情報で確かめてください",
            "a hot fix may already repair it: look at the maker's notice",
        ),
        "unconfirmed": Text(
            "公表された情報を照らし合わせた人がまだいません。メーカーの情報で確かめてください",
            "nobody has compared this record with another yet: look at the maker's notice",
        ),
        "undetermined": Text("公表した側もまだ調べていません", "the publisher itself has not looked yet"),
        "declared": Text(
            "部品表に書かれているだけで、実機では見ていません",
            "the bill of materials says so; nobody saw it on the machine",
        ),
    }
)
"""Code of a doubt → what to confirm."""
