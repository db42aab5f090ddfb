from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.metadata.surroundings import FAR, PageLine, Surroundings

PROSE = "<p>" + "The council has delayed the bridge again. " * 5 + "</p>"


def around(html: str) -> Surroundings:
    tree = LexborHTMLParser(f"<body>{html}</body>")
    headline = tree.css_first("h1")
    found = Surroundings(headline)
    found.tree = tree  # type: ignore[attr-defined]  # keeps the page alive
    return found


def texts(lines: list[PageLine]) -> list[str]:
    return [line.text for line in lines]


def test_the_lines_around_a_headline_come_in_reading_order() -> None:
    found = around("<nav>Home</nav><p>Town</p><h1>Bridge</h1><p>By <a>Ann</a></p><time>6 January</time>")

    assert [(line.text, line.steps) for line in found.lines] == [
        ("Home", -2), ("Town", -1), ("By", 1), ("Ann", 2), ("6 January", 3),
    ]  # fmt: skip
    assert [line.node.tag for line in found.lines] == ["nav", "p", "p", "a", "time"]


def test_a_headline_of_several_texts_is_among_its_lines() -> None:
    found = around("<p>Town</p><h1><span>Bridge</span> <small>6 January</small></h1><p>Ann</p>")

    assert [(line.text, line.steps) for line in found.lines] == [
        ("Town", -1), ("Bridge", 0), ("6 January", 0), ("Ann", 1),
    ]  # fmt: skip
    assert texts(around("<h1>Bridge</h1><p>Ann</p>").lines) == ["Ann"]


def test_without_a_headline_there_is_nothing_around_it() -> None:
    found = around("<p>Town</p>")

    assert found.lines == found.near == []


def test_what_readers_do_not_see_is_no_line() -> None:
    hidden = "<script>a</script><style>b</style><template>c</template><button>d</button><form>e</form><svg>f</svg>"

    assert texts(around(f"<h1>Bridge</h1>{hidden}<p> </p><!-- g --><p>Ann</p>").lines) == ["Ann"]


def test_near_are_three_lines_before_and_twelve_behind() -> None:
    before, behind = (["".join(f"<p>{side}{n}</p>" for n in range(20)) for side in "ab"][i] for i in (0, 1))
    found = around(f"{before}<h1>Bridge</h1>{behind}")

    assert texts(found.near) == ["a17", "a18", "a19", *(f"b{n}" for n in range(12))]


def test_all_lines_reach_further_and_ask_for_nothing_twice() -> None:
    before, behind = (["".join(f"<p>{side}{n}</p>" for n in range(99)) for side in "ab"][i] for i in (0, 1))
    found = around(f"{before}<h1>Bridge</h1>{behind}")

    assert texts(found.near)[0] == "a96"
    assert texts(found.lines) == [*(f"a{n}" for n in range(83, 99)), *(f"b{n}" for n in range(70))]
    assert len(found.near) == 15


def test_lines_end_where_the_prose_has_begun() -> None:
    found = around(f"<h1>Bridge</h1><p>Ann</p>{PROSE * 6}<p>After</p>")

    assert len(found.lines) == 5
    assert texts(found.lines)[0] == "Ann"


def test_lines_before_the_headline_do_not_end_at_prose() -> None:
    assert len(around(f"<p>Town</p>{PROSE * 6}<h1>Bridge</h1>").lines) == 7


def test_a_line_knows_the_names_of_its_boxes_nearest_first() -> None:
    meta = "<div class='Meta'><p class='Byline'><a id='ann'>Ann</a></p></div>"
    (line,) = around(f"<div id='page'><header><h1>Bridge</h1>{meta}</header></div>").lines

    assert line.classes == ("a  ann", "p byline ", "div meta ")
    assert line.box == "a  ann>p byline >div meta "


def test_boxes_that_hold_the_headline_too_are_not_counted() -> None:
    (line,) = around("<div class='comments'><h1>Bridge</h1>Ann</div>").lines

    assert line.classes == ()


def test_the_boxes_end_at_main_and_body() -> None:
    first, second = around(
        "<h1>Bridge</h1><main class='related'><p class='x'>Ann</p></main><section>Ben</section>"
    ).lines

    assert first.classes == ("p x ",)
    assert second.classes == ("section  ",)


def test_neighbours_have_the_same_boxes() -> None:
    first, second = around("<h1>Bridge</h1><div class='a'><p class='b'>One</p><p class='b'>Two</p></div>").lines

    assert first.classes == second.classes == ("p b ", "div a ")


def test_only_the_nearest_six_boxes_count() -> None:
    (line,) = around("<h1>Bridge</h1>" + "".join(f"<div class='c{n}'>" for n in range(9)) + "Ann").lines

    assert line.classes == tuple(f"div c{n} " for n in (8, 7, 6, 5, 4, 3))


def test_a_long_class_is_cut() -> None:
    (line,) = around(f"<h1>Bridge</h1><p class='{'c' * 300}'>Ann</p>").lines

    assert line.classes == (f"p {'c' * 120} ",)


def test_marked_elements_give_their_lines_wherever_they_stand() -> None:
    found = around("<h1>Bridge</h1><p>Ann</p><footer><p class='date'>6 <b>January</b><i> </i> 2026</p></footer>")
    nodes = found.tree.css("p.date, b")  # type: ignore[attr-defined]

    lines = found.marked(nodes)

    assert [(line.text, line.steps, line.node.tag) for line in lines] == [
        ("6", FAR, "p"), ("January", FAR, "b"), ("2026", FAR, "p"),
    ]  # fmt: skip


def test_of_a_marked_element_eight_lines_are_read() -> None:
    found = around("<h1>Bridge</h1><div class='date'>" + "".join(f"<p>{n}</p>" for n in range(20)) + "</div>")

    assert texts(found.marked(found.tree.css(".date"))) == [str(n) for n in range(8)]  # type: ignore[attr-defined]


def test_depth_is_no_matter() -> None:
    found = around("<h1>Bridge</h1>" + "<div>" * 1_500 + "Ann")

    assert texts(found.lines) == ["Ann"]
    assert texts(found.marked(found.tree.css("body > div"))) == ["Ann"]  # type: ignore[attr-defined]
