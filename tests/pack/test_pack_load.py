"""Packs from folders and files: short forms, parts, includes, and errors that say what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from standoff.errors import PackError
from standoff.pack.load import find_pack, load_pack, pack_names

MINIMAL = """\
id: quarry
title: A quarry and its union
between: [stone-works, union-of-masons]
parties:
  stone-works: {name: Stone Works, names: [the works]}
  union-of-masons: Union of Masons
officials:
  stone-works: [{name: Ada Quill, level: leader, terms: [{title: director, from: 2019-03}]}]
issues:
  pay: [wages, pay]
"""


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_ten_lines_are_a_pack(tmp_path: Path) -> None:
    assert len(MINIMAL.splitlines()) == 10
    pack = load_pack(written(tmp_path, pack=MINIMAL))
    assert pack.between == ("stone-works", "union-of-masons")
    assert [p.name for p in pack.parties] == ["Stone Works", "Union of Masons"]
    assert pack.parties[0].names == ("Stone Works", "the works")
    assert pack.officials[0].family == "Quill"
    assert pack.officials[0].terms[0].start == date(2019, 3, 1)
    assert pack.issues[0].name == "pay"
    assert pack.issues[0].cues == ("wages", "pay")


def test_one_file_is_a_pack_and_its_neighbours_are_not_part_of_it(tmp_path: Path) -> None:
    written(tmp_path, quarry=MINIMAL, other="nonsense: true")
    assert load_pack(tmp_path / "quarry.yaml").id == "quarry"


def test_other_files_of_the_folder_add_to_it(tmp_path: Path) -> None:
    pack = load_pack(
        written(
            tmp_path,
            pack=MINIMAL,
            people="officials: {union-of-masons: [{name: Bo Hod, level: leader, terms: [{title: chair}]}]}",
            bodies="bodies: {stone-works: [Board of Stone Works]}\noutlets: [Quarry Post]",
            examples="- this: is not read as a part",
        )
    )
    assert [o.name for o in pack.officials] == ["Ada Quill", "Bo Hod"]
    assert pack.bodies[0].names == ("Board of Stone Works",)
    assert pack.outlets[0].name == "Quarry Post"


def test_terms_of_month_and_year_cover_them_whole(tmp_path: Path) -> None:
    text = MINIMAL.replace("{title: director, from: 2019-03}", "{title: [director, head], from: 2018, to: 2019-02}")
    terms = load_pack(written(tmp_path, pack=text)).officials[0].terms
    assert [(t.title, t.start, t.end) for t in terms] == [
        ("director", date(2018, 1, 1), date(2019, 2, 28)),
        ("head", date(2018, 1, 1), date(2019, 2, 28)),
    ]


def test_heads_become_bodies_known_by_the_adjective(tmp_path: Path) -> None:
    text = MINIMAL.replace("names: [the works]", "adjectives: [Stonish], heads: [president]")
    bodies = load_pack(written(tmp_path, pack=text)).bodies
    assert [(b.name, b.party) for b in bodies] == [("Stonish president", "stone-works")]


def test_norway_is_not_false(tmp_path: Path) -> None:
    text = "id: n\ntitle: N\nbetween: [NO, SE]\nparties: {NO: Norway, SE: Sweden}\n"
    assert load_pack(written(tmp_path, pack=text)).between == ("NO", "SE")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "title: director",
            "titel: director",
            ["pack.yaml", "officials.stone-works[1].terms[1]", "'titel'", "did you mean 'title'", "allowed:"],
        ),
        ("issues:", "isues:", ["unknown key 'isues'", "issues", "outlets"]),
        ("names: [the works]", "names: [the works, 7]", ["parties.stone-works.names[2]", "string"]),
        ("level: leader", "level: boss", ["officials.stone-works[1].level", "minister"]),
        ("from: 2019-03", "from: spring 2019", ["not a day (2019-03-01), a month (2019-03) or a year (2019)"]),
        ("from: 2019-03", "from: 2019-03, to: 2018-01", ["ends (2018-01-31) before it begins (2019-03-01)"]),
        (
            "between: [stone-works, union-of-masons]",
            "between: [stone-works, masons]",
            ["no party 'masons'", "known: stone-works, union-of-masons"],
        ),
        ("between: [stone-works, union-of-masons]", "between: [stone-works]", ["two or more different parties"]),
        ("  stone-works: [{name: Ada", "  stoneworks: [{name: Ada", ["no party 'stoneworks'", "add it under parties"]),
        ("id: quarry", "id: The Quarry", ["id", "pattern"]),
        ("title: A quarry and its union\n", "", ["title", "required"]),
        ("  pay: [wages, pay]", "  pay: [wages]\n  pay: [pay]", ["'pay' stands twice", "line 11"]),
        ("between: [stone", "between: [[stone", ["not valid YAML"]),
    ],
)
def test_errors_say_where_and_what_to_do(tmp_path: Path, old: str, new: str, said: list[str]) -> None:
    assert old in MINIMAL
    with pytest.raises(PackError) as error:
        load_pack(written(tmp_path, pack=MINIMAL.replace(old, new)))
    for words in said:
        assert words in str(error.value)


def test_a_missing_pack_names_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="us-china-trade"):
        load_pack("us-china-trad")
    with pytest.raises(PackError, match=r"no pack\.yaml"):
        load_pack(tmp_path)


def test_a_file_that_is_no_mapping(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="a mapping is wanted"):
        load_pack(written(tmp_path, pack="- a\n- b\n"))


def included(folder: Path, include: str, more: str = "") -> Path:
    (folder / "base").mkdir()
    (folder / "own").mkdir()
    written(folder / "base", pack=MINIMAL)
    head = "id: own\ntitle: Own\nbetween: [stone-works, union-of-masons]\n"
    return written(folder / "own", pack=f"{head}include: [{include}]\n{more}")


def test_an_including_pack_extends_and_comes_first(tmp_path: Path) -> None:
    more = "parties: {stone-works: {names: [the quarry]}}\nissues: {pay: [bonus, wages], rest: [holidays]}\nofficials: {stone-works: [{name: Ada Quill, terms: [{title: owner}]}]}\n"
    pack = load_pack(included(tmp_path, "../base", more))
    assert pack.parties[0].names == ("Stone Works", "the quarry", "the works")
    assert [i.id for i in pack.issues] == ["pay", "rest"]
    assert pack.issues[0].cues == ("bonus", "wages", "pay")
    assert [t.title for t in pack.officials[0].terms] == ["owner", "director"]
    assert pack.officials[0].level == "leader"


def test_only_and_without_take_a_part(tmp_path: Path) -> None:
    more = "parties: {union-of-masons: Masons}\n"
    pack = load_pack(included(tmp_path, "{pack: ../base, only: [stone-works]}", more))
    assert [p.name for p in pack.parties] == ["Stone Works", "Masons"]
    pack = load_pack(
        written(
            tmp_path / "own",
            pack=(tmp_path / "own/pack.yaml")
            .read_text()
            .replace("only: [stone-works]", "without: [stone-works]")
            .replace("{union-of-masons: Masons}", "{stone-works: Works}"),
        )
    )
    assert pack.officials == ()
    assert pack.parties[0].names == ("Works",)


def test_only_of_an_unknown_party_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no party 'xx-yy'"):
        load_pack(included(tmp_path, "{pack: ../base, only: [xx-yy]}"))


def test_a_party_that_nothing_names_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="needs one"):
        load_pack(
            written(tmp_path, pack=MINIMAL.replace("{name: Stone Works, names: [the works]}", "{names: [the works]}"))
        )


def test_a_pack_cannot_include_itself(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot include itself"):
        load_pack(written(tmp_path, pack=MINIMAL + "include: [pack.yaml]\n"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Beijing and Washington met; China said the United States must go first.", "us-china-trade"),
        ("Ottawa told the United States that Canada would not sign.", "nafta"),
        ("Brussels gave Britain two weeks; London asked the European Union for more.", "brexit"),
        ("Tehran said the United States had to return to the deal before Iran would.", "us-iran"),
        ("Pyongyang answered the United States with silence, as North Korea had before.", "us-north-korea"),
        ("The Taliban met Americans in Doha, and Kabul was not asked.", "us-taliban"),
        ("The Chicago Teachers Union turned down what Chicago Public Schools had offered.", "chicago-teachers"),
        ("Democrats and Republicans blamed each other and the White House.", "us-budget-border"),
        ("Hamas and Israel kept to the truce.", "gaza"),
    ],
)
def test_find_pack_goes_by_the_sides_that_are_named(text: str, name: str) -> None:
    assert find_pack([text]) == name
    assert find_pack([text, "It rained."]) == name


def test_find_pack_says_so_where_none_fits() -> None:
    with pytest.raises(PackError, match=r"a folder with a pack\.yaml"):
        find_pack(["The orchestra and its conductor found a date."])


def test_base_packs_are_never_found() -> None:
    assert "countries" in pack_names()
    with pytest.raises(PackError):
        find_pack(["Peru and Chile signed."])


def test_a_pack_of_states_alone_knows_issues_of_war_and_peace_and_of_trade() -> None:
    issues = {issue.id: issue.cues for issue in load_pack("parties:AM,AZ").issues}
    assert {"ceasefire", "withdrawal", "prisoners", "borders", "tariffs", "talks", "other"} <= set(issues)
    assert "truce" in issues["ceasefire"]
